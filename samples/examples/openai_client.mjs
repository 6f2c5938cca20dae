// Asks one question with OpenAI's library for Node; needs Node 20 or newer and `npm install openai`.
//
//     node openai_client.mjs [BASE_URL] [QUESTION]
//
// ZHIKU_KEY holds the access key of a service that needs one.
import OpenAI from 'openai';

const base = (process.argv[2] ?? 'http://127.0.0.1:8650').replace(/\/+$/, '');
const question = process.argv[3] ?? '核心时段是几点到几点？';
const client = new OpenAI({ baseURL: `${base}/v1`, apiKey: process.env.ZHIKU_KEY ?? 'none', maxRetries: 0 });

try {
  const stream = await client.chat.completions.create({ model: 'zhiku', stream: true, messages: [{ role: 'user', content: question }] });
  let citations = [];
  for await (const chunk of stream) {
    citations = chunk.citations ?? citations;
    process.stdout.write(chunk.choices[0]?.delta?.content ?? '');
  }
  console.log();
  for (const { number, path, quote } of citations) console.log(`[${number}] ${path}: ${quote}`);
} catch (error) {
  if (error instanceof OpenAI.APIConnectionError) {
    console.error(`No answer from ${base} (${error.message}).`);
    console.error('Is the service running? Start it with: ./zhiku serve');
  } else if (error instanceof OpenAI.APIError) {
    console.error(`${error.code}:\n${error.error?.message ?? error.message}`);
  } else {
    throw error;
  }
  process.exitCode = 1;
}
