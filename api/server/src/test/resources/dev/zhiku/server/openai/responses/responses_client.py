"""What the official client for Python makes of /v1/responses: prints one JSON object.

    python3 responses_client.py BASE_URL KEY
"""

import json
import sys

import openai

base, key = sys.argv[1:]
client = openai.OpenAI(base_url=base, api_key=key, max_retries=0, timeout=30)
question = "年假有几天？"


def told(response, deltas=None):
    part = response.output[-1].content[0]
    return {
        "text": response.output_text,
        "status": response.status,
        "cited": [cited.filename for cited in part.annotations if cited.type == "file_citation"],
        "deltas": deltas,
    }


def created():
    deltas, whole = "", None
    for event in client.responses.create(model="zhiku", input=question, stream=True):
        if event.type == "response.output_text.delta":
            deltas += event.delta
        if event.type == "response.completed":
            whole = event.response
    return told(whole, deltas)


def streamed():
    deltas = ""
    with client.responses.stream(model="zhiku", input=question) as stream:
        for event in stream:
            if event.type == "response.output_text.delta":
                deltas += event.delta
        return told(stream.get_final_response(), deltas)


def refusal(call):
    try:
        call()
        return "nothing was refused"
    except openai.APIError as error:
        return [type(error).__name__, error.code, error.param]


def ask(**more):
    return client.responses.create(**({"model": "zhiku", "input": question} | more))


first = ask(instructions="Be brief.", temperature=0.2, max_output_tokens=200)
second = ask(
    input=[{"role": "user", "content": [{"type": "input_text", "text": question}]}],
    previous_response_id=first.id,
)
stranger = openai.OpenAI(base_url=base, api_key="kb_wrong", max_retries=0)
print(
    json.dumps(
        {
            "whole": told(first),
            "created": created(),
            "streamed": streamed(),
            "gone_on": second.previous_response_id == first.id and bool(second.output_text),
            "forgotten": refusal(lambda: ask(previous_response_id="resp_none")),
            "background": refusal(lambda: ask(background=True)),
            "unknown_model": refusal(lambda: ask(model="zhiku/nowhere")),
            "wrong_key": refusal(
                lambda: stranger.responses.create(model="zhiku", input=question)
            ),
        }
    )
)
