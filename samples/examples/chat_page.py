"""A page that asks and shows the answer while it is being written; needs `pip install streamlit openai`.

    streamlit run chat_page.py

ZHIKU_URL is the address of the service (http://127.0.0.1:8650 unless set), ZHIKU_KEY its access key where it needs one.
"""

import os

import openai
import streamlit

client = openai.OpenAI(
    base_url=os.environ.get("ZHIKU_URL", "http://127.0.0.1:8650") + "/v1",
    api_key=os.environ.get("ZHIKU_KEY", "none"),
)
streamlit.title("知库 Zhiku")
messages = streamlit.session_state.setdefault("messages", [])
for message in messages:
    streamlit.chat_message(message["role"]).markdown(message["content"])
question = streamlit.chat_input("问题 · Question")
if question:
    messages.append({"role": "user", "content": question})
    streamlit.chat_message("user").markdown(question)
    stream = client.chat.completions.create(model="zhiku", messages=messages, stream=True)
    with streamlit.chat_message("assistant"):
        answer = streamlit.write_stream(stream)
    messages.append({"role": "assistant", "content": answer})
