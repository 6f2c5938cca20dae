"""What LangChain makes of /v1 by its defaults: prints one JSON object for ClientLibrariesIT.

    python3 langchain_client.py BASE_URL KEY
"""

import json
import sys

import openai
from langchain_openai import ChatOpenAI, OpenAIEmbeddings

base, key = sys.argv[1:]
question = "年假有几天？"


def model(api_key=key, **more):
    return ChatOpenAI(**{"base_url": base, "api_key": api_key, "model": "zhiku", "max_retries": 0} | more)


def refusal(call):
    try:
        call()
        return "nothing was refused"
    except openai.APIStatusError as error:
        return error.status_code


chat = model()
# Else it fetches a tokenizer from the internet.
vectors = OpenAIEmbeddings(base_url=base, api_key=key, check_embedding_ctx_length=False)
print(
    json.dumps(
        {
            "texts": {
                "whole": chat.invoke(question).text,
                "streamed": "".join(part.text for part in chat.stream(question)),
                "conversation": chat.invoke(
                    [("system", "Be brief."), ("user", question), ("assistant", "15"), ("user", question)]
                ).text,
                "response": model(use_responses_api=True).invoke(question).text,
            },
            "vectors": [len(vector) for vector in vectors.embed_documents(["a", "b"])],
            "refused": {
                "unknown_model": refusal(lambda: model(model="zhiku/nowhere").invoke(question)),
                "wrong_key": refusal(lambda: model(api_key="kb_wrong").invoke(question)),
            },
        }
    )
)
