// What Ollama's client for JavaScript makes of the port for its programs: prints one JSON object.
//
//     node ollama_client.cjs HOST KEY

const { Ollama } = require('ollama');

const [host, key] = process.argv.slice(2);
const client = new Ollama({ host, headers: { Authorization: `Bearer ${key}` } });
const prompt = '年假有几天？';
const messages = [{ role: 'user', content: prompt }];

async function refusal(call) {
  try {
    await call();
    return 0;
  } catch (error) {
    return error.status_code;
  }
}

async function joined(parts, text) {
  let all = '';
  for await (const part of parts) {
    all += text(part);
  }
  return all;
}

async function main() {
  const names = (listing) => listing.models.map((model) => model.name);
  const chat = await client.chat({ model: 'zhiku', messages, options: { temperature: 0.2 } });
  const embedded = await client.embed({ model: 'zhiku-embedding', input: ['a', 'b'] });
  const older = await client.embeddings({ model: 'zhiku-embedding', prompt: 'a' });
  const seen = {
    version: (await client.version()).version,
    models: names(await client.list()),
    loaded: names(await client.ps()),
    capabilities: (await client.show({ model: 'zhiku' })).capabilities,
    chat: chat.message.content,
    counted: chat.done && chat.eval_count > 0 && chat.total_duration > 0,
    streamed: await joined(
      await client.chat({ model: 'zhiku', messages, stream: true }),
      (part) => part.message.content,
    ),
    generate: (await client.generate({ model: 'zhiku', prompt })).response,
    generate_streamed: await joined(
      await client.generate({ model: 'zhiku', prompt, stream: true }),
      (part) => part.response,
    ),
    vectors: [...embedded.embeddings, older.embedding].map((vector) => vector.length),
    refused: {
      pull: await refusal(() => client.pull({ model: 'llama3.2' })),
      push: await refusal(() => client.push({ model: 'llama3.2' })),
      create: await refusal(() => client.create({ model: 'mine', from: 'zhiku' })),
      copy: await refusal(() => client.copy({ source: 'zhiku', destination: 'mine' })),
      delete: await refusal(() => client.delete({ model: 'zhiku' })),
    },
    unknown_model: await refusal(() => client.chat({ model: 'zhiku/nowhere', messages })),
    no_key: await refusal(() => new Ollama({ host }).list()),
  };
  console.log(JSON.stringify(seen));
}

main();
