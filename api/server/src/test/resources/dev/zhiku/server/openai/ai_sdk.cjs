// What Vercel's AI SDK makes of /v1 by its defaults, which are responses: prints one JSON object for ClientLibrariesIT.
//
//     node ai_sdk.cjs BASE_URL KEY

const { embedMany, generateText, streamText } = require('ai');
const { createOpenAI } = require('@ai-sdk/openai');

const [baseURL, apiKey] = process.argv.slice(2);
const openai = createOpenAI({ baseURL, apiKey });
const prompt = '年假有几天？';

async function refusal(call) {
  try {
    await call();
    return 'nothing was refused';
  } catch (error) {
    return error.statusCode;
  }
}

async function main() {
  const asked = { model: openai('zhiku'), prompt, maxRetries: 0 };
  const whole = await generateText(asked);
  const stranger = createOpenAI({ baseURL, apiKey: 'kb_wrong' });
  const { embeddings } = await embedMany({
    model: openai.embedding('text-embedding-3-small'),
    values: ['a', 'b'],
    maxRetries: 0,
  });
  const seen = {
    texts: {
      whole: whole.text,
      streamed: await streamText(asked).text,
      conversation: (
        await generateText({
          ...asked,
          prompt: undefined,
          messages: [
            { role: 'user', content: prompt },
            { role: 'assistant', content: whole.text },
            { role: 'user', content: prompt },
          ],
        })
      ).text,
      chat: (await generateText({ ...asked, model: openai.chat('zhiku') })).text,
    },
    vectors: embeddings.map((one) => one.length),
    refused: {
      unknown_model: await refusal(() => generateText({ ...asked, model: openai('zhiku/nowhere') })),
      wrong_key: await refusal(() => generateText({ ...asked, model: stranger('zhiku') })),
    },
  };
  console.log(JSON.stringify(seen));
}

main();
