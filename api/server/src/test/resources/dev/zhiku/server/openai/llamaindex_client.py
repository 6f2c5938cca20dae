"""What LlamaIndex makes of /v1 as OpenAILike comes, by prompts, and by a chat: prints one JSON object for
ClientLibrariesIT.

    python3 llamaindex_client.py BASE_URL KEY
"""

import json
import sys

import openai
from llama_index.core.llms import ChatMessage
from llama_index.llms.openai_like import OpenAILike

base, key = sys.argv[1:]
question = "年假有几天？"


def model(api_key=key, **more):
    return OpenAILike(**{"api_base": base, "api_key": api_key, "model": "zhiku", "max_retries": 0} | more)


def refusal(call):
    try:
        call()
        return "nothing was refused"
    except openai.APIStatusError as error:
        return error.status_code


prompts, chat = model(), model(is_chat_model=True)
messages = [ChatMessage(role="user", content=question)]
print(
    json.dumps(
        {
            "texts": {
                "whole": prompts.complete(question).text,
                "streamed": "".join(part.delta for part in prompts.stream_complete(question)),
                "messages_as_prompt": prompts.chat(messages).message.content,
                "chat": chat.chat(messages).message.content,
                "chat_streamed": "".join(part.delta or "" for part in chat.stream_chat(messages)),
            },
            "refused": {
                "unknown_model": refusal(lambda: model(model="zhiku/nowhere").complete(question)),
                "wrong_key": refusal(lambda: model(api_key="kb_wrong").complete(question)),
            },
        }
    )
)
