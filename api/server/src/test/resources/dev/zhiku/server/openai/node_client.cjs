// What OpenAI's library for Node makes of /v1: prints one JSON object for ClientLibrariesIT.
//
//     node node_client.cjs BASE_URL KEY

const OpenAI = require('openai');

const [baseURL, apiKey] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const question = '年假有几天？';
const asked = { model: 'zhiku', messages: [{ role: 'user', content: question }] };

async function refusal(call) {
  try {
    await call();
    return 'nothing was refused';
  } catch (error) {
    return [error.status, error.code, error.param];
  }
}

async function joined(stream, text) {
  let all = '';
  for await (const part of stream) {
    all += text(part) ?? '';
  }
  return all;
}

/**
 * How many parts came before the client left. Leaving the loop ends the request; who ends it and
 * goes on reading waits for ever with Node 20, now and then.
 */
async function aborted() {
  const stream = await client.chat.completions.create({ ...asked, stream: true });
  let parts = 0;
  for await (const part of stream) {
    parts += part.choices.length;
    break;
  }
  return parts;
}

async function main() {
  const whole = await client.chat.completions.create(asked);
  const response = await client.responses.create({ model: 'zhiku', input: question });
  const followed = await client.responses.create({
    model: 'zhiku',
    input: question,
    previous_response_id: response.id,
  });
  const vectors = await client.embeddings.create({ model: 'text-embedding-3-small', input: ['a', 'b'] });
  const responding = client.responses.stream({ model: 'zhiku', input: question });
  const stranger = new OpenAI({ baseURL, apiKey: 'kb_wrong', maxRetries: 0 });
  const seen = {
    models: (await client.models.list()).data.map((model) => model.id),
    texts: {
      chat: whole.choices[0].message.content,
      chat_streamed: await joined(
        await client.chat.completions.create({ ...asked, stream: true }),
        (part) => part.choices[0]?.delta?.content,
      ),
      helper: await client.chat.completions.stream(asked).finalContent(),
      prompt: (await client.completions.create({ model: 'zhiku', prompt: question })).choices[0].text,
      response: response.output_text,
      response_streamed: (await responding.finalResponse()).output_text,
      followed: followed.output_text,
    },
    cited: response.output.at(-1).content[0].annotations[0].filename,
    vectors: vectors.data.map((one) => one.embedding.length),
    aborted: await aborted(),
    refused: {
      unknown_model: await refusal(() => client.chat.completions.create({ ...asked, model: 'zhiku/nowhere' })),
      two_answers: await refusal(() => client.chat.completions.create({ ...asked, n: 2 })),
      wrong_key: await refusal(() => stranger.models.list()),
    },
  };
  console.log(JSON.stringify(seen));
}

main();
