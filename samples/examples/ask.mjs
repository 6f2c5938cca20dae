// Asks one question; needs Node 20 or newer and nothing else.
//   node ask.mjs [BASE_URL] [QUESTION]
// ZHIKU_KEY holds the access key of a service that needs one.

const base = (process.argv[2] ?? "http://127.0.0.1:8650").replace(/\/$/, "");
const question = process.argv[3] ?? "核心时段是几点到几点？";
const key = process.env.ZHIKU_KEY;

async function ask() {
  const response = await fetch(`${base}/query`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      Accept: "application/json",
      ...(key ? { Authorization: `Bearer ${key}` } : {}),
    },
    body: JSON.stringify({ question }),
  });
  if (response.ok) {
    show(await response.json());
  } else {
    await refuse(response);
  }
}

function show({ answer, citations, warnings }) {
  console.log(answer);
  for (const { number, path, location, quote, url } of citations) {
    console.log(`[${number}] ${path}, ${location}\n    ${quote}\n    ${base}${url}`);
  }
  for (const { code, detail } of warnings ?? []) {
    console.log(`warning: ${code}: ${detail}`);
  }
}

async function refuse(response) {
  process.exitCode = 1;
  if (response.headers.get("Content-Type")?.startsWith("application/problem+json")) {
    const { code, detail, remedy } = await response.json();
    console.error(`${code}: ${detail}\n${remedy}`);
  } else {
    console.error(`HTTP status ${response.status}, and no explanation came with it`);
  }
}

try {
  await ask();
} catch (error) {
  process.exitCode = 1;
  console.error(`No answer from ${base} (${error.cause?.message ?? error.message}).`);
  console.error("Is the service running? Start it with: ./zhiku serve");
}
