"""What Ollama's client for Python makes of the port for its programs: prints one JSON object.

    python3 ollama_client.py HOST KEY
"""

import json
import sys

import ollama

host, key = sys.argv[1:]
client = ollama.Client(host=host, headers={"Authorization": "Bearer " + key}, timeout=60)
question = "年假有几天？"
messages = [{"role": "user", "content": question}]


def refusal(call):
    try:
        call()
        return "nothing was refused"
    except ollama.ResponseError as error:
        return error.status_code


chat = client.chat(model="zhiku", messages=messages, options={"temperature": 0.2})
stranger = ollama.Client(host=host)
print(
    json.dumps(
        {
            "models": [model.model for model in client.list().models],
            "loaded": [model.model for model in client.ps().models],
            "capabilities": client.show("zhiku").capabilities,
            "chat": chat.message.content,
            "counted": chat.done and chat.eval_count > 0 and chat.total_duration > 0,
            "streamed": "".join(
                part.message.content
                for part in client.chat(model="zhiku", messages=messages, stream=True)
            ),
            "generate": client.generate(model="zhiku", prompt=question).response,
            "generate_streamed": "".join(
                part.response
                for part in client.generate(model="zhiku", prompt=question, stream=True)
            ),
            "vectors": [
                len(vector)
                for vector in client.embed(model="zhiku-embedding", input=["a", "b"]).embeddings
            ]
            + [len(client.embeddings(model="zhiku-embedding", prompt="a").embedding)],
            "refused": {
                "pull": refusal(lambda: client.pull("llama3.2")),
                "push": refusal(lambda: client.push("llama3.2")),
                "create": refusal(lambda: client.create("mine", from_="zhiku")),
                "copy": refusal(lambda: client.copy("zhiku", "mine")),
                "delete": refusal(lambda: client.delete("zhiku")),
            },
            "unknown_model": refusal(lambda: client.chat(model="zhiku/nowhere", messages=messages)),
            "no_key": refusal(stranger.list),
        }
    )
)
