// Asks one question and prints the answer while it is being written; needs Node 20 or newer and nothing else.
//   node stream.mjs [BASE_URL] [QUESTION]
// Leaving with Ctrl-C closes the connection, which also stops the generation.
// ZHIKU_KEY holds the access key of a service that needs one.

const base = (process.argv[2] ?? "http://127.0.0.1:8650").replace(/\/$/, "");
const question = process.argv[3] ?? "核心时段是几点到几点？";
const key = process.env.ZHIKU_KEY;
let written = false;

async function stream() {
  const response = await fetch(`${base}/query`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      Accept: "text/event-stream",
      ...(key ? { Authorization: `Bearer ${key}` } : {}),
    },
    body: JSON.stringify({ question }),
  });
  if (!response.ok) {
    await refuse(response);
    return;
  }
  let ended = false;
  for await (const { name, data } of events(response.body)) {
    ended = show(name, data) || ended;
  }
  if (!ended) {
    throw new Error("the stream broke off before its last event");
  }
}

// An event is a block of lines closed by an empty one; lines that begin with a colon only keep the connection alive.
async function* events(body) {
  let name = "message";
  let data = [];
  for await (const line of lines(body)) {
    if (line === "" && data.length > 0) {
      yield { name, data: JSON.parse(data.join("\n")) };
    }
    if (line === "") {
      name = "message";
      data = [];
    } else if (line.startsWith("event:")) {
      name = line.slice("event:".length).trim();
    } else if (line.startsWith("data:")) {
      data.push(line.slice("data:".length).replace(/^ /, ""));
    }
  }
}

// The stream arrives in pieces that know nothing of lines, and may even divide a Chinese character.
async function* lines(body) {
  let rest = "";
  for await (const piece of body.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + piece).split("\n");
    rest = parts.pop();
    for (const part of parts) {
      yield part.replace(/\r$/, "");
    }
  }
}

// True for the one event that ends the stream.
function show(name, data) {
  switch (name) {
    case "retrieved":
      console.log(`${data.passages.length} passages found`);
      return false;
    case "queued":
      console.log(`waiting at position ${data.position}`);
      return false;
    case "text":
      process.stdout.write(data.text);
      written = true;
      return false;
    case "answered":
    case "no_evidence":
      console.log(written ? "" : data.answer);
      for (const { number, path, location, quote, url } of data.citations) {
        console.log(`[${number}] ${path}, ${location}\n    ${quote}\n    ${base}${url}`);
      }
      return true;
    case "failed":
      process.exitCode = 1;
      console.error(`\n${data.code}: ${data.detail}\n${data.remedy}`);
      return true;
    default:
      return name === "passages";
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
  await stream();
} catch (error) {
  process.exitCode = 1;
  console.error(`No answer from ${base} (${error.cause?.message ?? error.message}).`);
  console.error("Is the service running? Start it with: ./zhiku serve");
}
