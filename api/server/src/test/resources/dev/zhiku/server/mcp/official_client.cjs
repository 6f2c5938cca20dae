// What the official client for TypeScript makes of /mcp: prints one JSON object for McpNodeIT.
//
//     node official_client.cjs URL KEY all|cancel
//
// "cancel" asks a question and takes it back as soon as there is progress.

const { Client } = require('@modelcontextprotocol/sdk/client/index.js');
const { StreamableHTTPClientTransport } = require('@modelcontextprotocol/sdk/client/streamableHttp.js');

const [url, key, what] = process.argv.slice(2);

async function connected(headers) {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  return client;
}

async function refusal(call) {
  try {
    await call();
    return 'nothing was refused';
  } catch (error) {
    return error.code;
  }
}

async function cancel(client) {
  const stop = new AbortController();
  const options = { signal: stop.signal, onprogress: () => stop.abort('enough') };
  const params = { name: 'ask', arguments: { question: '年假有几天？' } };
  try {
    await client.callTool(params, undefined, options);
    return { cancelled: false };
  } catch (error) {
    return { cancelled: stop.signal.aborted, still: (await client.listTools()).tools.length };
  }
}

async function all(client) {
  const call = (name, given) => client.callTool({ name, arguments: given });
  const steps = [];
  const asked = await client.callTool(
    { name: 'ask', arguments: { question: '年假有几天？' } },
    undefined,
    { onprogress: (progress) => steps.push(progress.progress) },
  );
  const listed = (await call('list', { state: 'indexed' })).structuredContent.documents[0];
  const part = (await call('read', { document_id: listed.document_id, max_chars: 8000 })).structuredContent;
  const refused = await call('read', { document_id: 'none' });
  const resources = (await client.listResources()).resources;
  const whole = await client.readResource({ uri: resources[0].uri });
  return {
    tools: (await client.listTools()).tools.map((tool) => tool.name).sort(),
    found: (await call('search', { question: '年假' })).structuredContent.passages[0].path,
    answer: asked.structuredContent.answer,
    progress: steps,
    read: part.passages.map((passage) => passage.ordinal),
    next: part.next,
    indexed: (await call('status', {})).structuredContent.files.indexed,
    refused: [refused.isError, refused.content[0].text],
    resource: whole.contents[0].text.slice(0, 9),
    no_such_tool: await refusal(() => call('erase', {})),
    no_such_resource: await refusal(() => client.readResource({ uri: 'zhiku://documents/none' })),
    wrong_key: await refusal(() => connected({ Authorization: 'Bearer kb_wrong' })),
  };
}

async function main() {
  const client = await connected({ Authorization: `Bearer ${key}` });
  console.log(JSON.stringify(await (what === 'cancel' ? cancel(client) : all(client))));
  await client.close();
}

main();
