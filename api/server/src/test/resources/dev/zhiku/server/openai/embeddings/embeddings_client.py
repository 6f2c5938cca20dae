"""What the official client for Python makes of /v1/embeddings: prints one JSON object.

    python3 embeddings_client.py BASE_URL KEY
"""

import json
import sys

import openai

base, key = sys.argv[1:]
client = openai.OpenAI(base_url=base, api_key=key, max_retries=0, timeout=30)
texts = ["年假有几天？", "Wear goggles in the laboratory."]


def ask(model="text-embedding-3-small", given=texts, **more):
    return client.embeddings.create(model=model, input=given, **more)


def refusal(call):
    try:
        call()
        return "nothing was refused"
    except openai.APIError as error:
        return [type(error).__name__, error.code, error.param]


# Without encoding_format the client asks for base64 and unpacks it itself.
packed = ask()
plain = ask(encoding_format="float")
stranger = openai.OpenAI(base_url=base, api_key="kb_wrong", max_retries=0)
print(
    json.dumps(
        {
            "base64": {
                "model": packed.model,
                "lengths": [len(vector.embedding) for vector in packed.data],
                "tokens": packed.usage.total_tokens,
            },
            "same": all(
                abs(a - b) < 1e-6
                for one, other in zip(packed.data, plain.data)
                for a, b in zip(one.embedding, other.embedding)
            ),
            "tokens_refused": refusal(lambda: ask(given=[[1, 2, 3]])),
            "unknown_model": refusal(lambda: ask(model="zhiku/nowhere")),
            "wrong_key": refusal(
                lambda: stranger.embeddings.create(model="zhiku-embedding", input="hello")
            ),
        }
    )
)
