"""Asks one question with LangChain; needs Python 3.10 or newer and `pip install langchain-openai`.

    python3 langchain_client.py [BASE_URL] [QUESTION]

ZHIKU_KEY holds the access key of a service that needs one.
"""

import os
import sys

try:
    import openai
    from langchain_openai import ChatOpenAI
except ImportError:
    sys.exit("The package langchain-openai is missing. Install it with: python3 -m pip install langchain-openai")


def ask(base, question):
    """Prints the answer while it is being written; its sources stand below it as links."""
    model = ChatOpenAI(
        base_url=base + "/v1", api_key=os.environ.get("ZHIKU_KEY", "none"), model="zhiku", max_retries=0
    )
    for part in model.stream(question):
        print(part.content, end="", flush=True)
    print()


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
