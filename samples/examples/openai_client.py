"""Asks one question with the official OpenAI client; needs Python 3.9 or newer and `pip install openai`.

    python3 openai_client.py [BASE_URL] [QUESTION]

ZHIKU_KEY holds the access key of a service that needs one.
"""

import os
import sys

try:
    import openai
except ImportError:
    sys.exit("The package openai is missing. Install it with: python3 -m pip install openai")


def ask(base, question):
    """Prints the answer while it is being written; its sources stand below it."""
    client = openai.OpenAI(base_url=base + "/v1", api_key=os.environ.get("ZHIKU_KEY", "none"), max_retries=0)
    citations = []
    stream = client.chat.completions.create(
        model="zhiku", messages=[{"role": "user", "content": question}], stream=True
    )
    for chunk in stream:
        citations = getattr(chunk, "citations", None) or citations
        for choice in chunk.choices:
            print(choice.delta.content or "", end="", flush=True)
    print()
    for citation in citations:
        print("[{number}] {path}: {quote}".format(**citation))


def main(arguments):
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stderr.reconfigure(encoding="utf-8")
    base = (arguments[0] if arguments else "http://127.0.0.1:8650").rstrip("/")
    question = arguments[1] if len(arguments) > 1 else "核心时段是几点到几点？"
    try:
        ask(base, question)
        return 0
    except openai.APIConnectionError as error:
        print("No answer from {} ({}).".format(base, error), file=sys.stderr)
        print("Is the service running? Start it with: ./zhiku serve", file=sys.stderr)
    except openai.APIStatusError as error:
        print("{}:\n{}".format(error.code, error.body["message"]), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
