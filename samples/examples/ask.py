"""Asks one question; needs Python 3.8 or newer and nothing else.

    python3 ask.py [BASE_URL] [QUESTION]

ZHIKU_KEY holds the access key of a service that needs one.
"""

import json
import os
import sys
import urllib.error
import urllib.request

TIMEOUT_SECONDS = 900


def ask(base, question):
    """The service's response as a dictionary."""
    headers = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
    if os.environ.get("ZHIKU_KEY"):
        headers["Authorization"] = "Bearer " + os.environ["ZHIKU_KEY"]
    body = json.dumps({"question": question}, ensure_ascii=False).encode("utf-8")
    request = urllib.request.Request(base + "/query", data=body, headers=headers, method="POST")
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
        return json.loads(response.read().decode("utf-8"))


def show(response, base):
    print(response["answer"])
    for citation in response["citations"]:
        print("[{number}] {path}, {location}".format(**citation))
        print("    " + citation["quote"])
        print("    " + base + citation["url"])
    for warning in response.get("warnings") or []:
        print("warning: {code}: {detail}".format(**warning))


def show_refusal(error):
    try:
        problem = json.loads(error.read().decode("utf-8"))
        print("{code}: {detail}\n{remedy}".format(**problem), file=sys.stderr)
    except (ValueError, KeyError, TypeError):
        print("HTTP status {}, and no explanation came with it".format(error.code), file=sys.stderr)


def main(arguments):
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stderr.reconfigure(encoding="utf-8")
    base = (arguments[0] if arguments else "http://127.0.0.1:8650").rstrip("/")
    question = arguments[1] if len(arguments) > 1 else "核心时段是几点到几点？"
    try:
        show(ask(base, question), base)
        return 0
    except urllib.error.HTTPError as error:
        show_refusal(error)
    except OSError as error:
        print("No answer from {} ({}).".format(base, error), file=sys.stderr)
        print("Is the service running? Start it with: ./zhiku serve", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
