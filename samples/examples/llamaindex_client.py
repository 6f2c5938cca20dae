"""Asks one question with LlamaIndex; needs `pip install llama-index-llms-openai-like`.

    python3 llamaindex_client.py [BASE_URL] [QUESTION]

ZHIKU_KEY holds the access key of a service that needs one.
"""

import os
import sys

try:
    import openai
    from llama_index.core.llms import ChatMessage
    from llama_index.llms.openai_like import OpenAILike
except ImportError:
    sys.exit("LlamaIndex is missing. Install it with: python3 -m pip install llama-index-llms-openai-like")


def ask(base, question):
    """Prints the answer while it is being written; its sources stand below it as links."""
    model = OpenAILike(
        api_base=base + "/v1",
        api_key=os.environ.get("ZHIKU_KEY", "none"),
        model="zhiku",
        is_chat_model=True,
        max_retries=0,
    )
    for part in model.stream_chat([ChatMessage(role="user", content=question)]):
        print(part.delta or "", end="", flush=True)
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
