"""What the official client for Python makes of /v1: prints one JSON object for OpenAiPythonIT.

    python3 official_client.py BASE_URL KEY
"""

import json
import sys

import openai

base, key = sys.argv[1:]
client = openai.OpenAI(base_url=base, api_key=key, max_retries=0, timeout=30)


def ask(model, question, **more):
    return client.chat.completions.create(
        model=model, messages=[{"role": "user", "content": question}], **more
    )


def refusal(call):
    try:
        call()
        return "nothing was refused"
    except openai.APIError as error:
        return [type(error).__name__, error.code, error.param]


def streamed():
    text, citations, usage = "", [], None
    stream = ask("zhiku", "年假有几天？", stream=True, stream_options={"include_usage": True})
    for chunk in stream:
        for choice in chunk.choices:
            text += choice.delta.content or ""
        citations = getattr(chunk, "citations", None) or citations
        usage = chunk.usage or usage
    return {"text": text, "cited": [c["path"] for c in citations], "tokens": usage.total_tokens}


def whole():
    completion = ask("zhiku/knowledge", "年假有几天？", temperature=0.2, seed=1, max_tokens=200)
    choice = completion.choices[0]
    return {
        "text": choice.message.content,
        "finish": choice.finish_reason,
        "cited": [c["path"] for c in completion.citations],
        "tokens": completion.usage.total_tokens,
    }


def completed():
    whole = client.completions.create(model="zhiku", prompt="年假有几天？", max_tokens=200)
    streamed = client.completions.create(model="zhiku", prompt="年假有几天？", stream=True)
    return [
        whole.choices[0].text,
        "".join(part.choices[0].text for part in streamed),
        refusal(lambda: client.completions.create(model="zhiku", prompt="x", best_of=2)),
    ]


stranger = openai.OpenAI(base_url=base, api_key="kb_wrong", max_retries=0)
print(
    json.dumps(
        {
            "models": [model.id for model in client.models.list()],
            "model": client.models.retrieve("zhiku/knowledge").id,
            "whole": whole(),
            "streamed": streamed(),
            "completed": completed(),
            "unknown_model": refusal(lambda: ask("zhiku/nowhere", "hello")),
            "two_answers": refusal(lambda: ask("zhiku", "hello", n=2)),
            "no_model": refusal(lambda: ask("zhiku-chat", "hello", stream=True)),
            "wrong_key": refusal(stranger.models.list),
        }
    )
)
