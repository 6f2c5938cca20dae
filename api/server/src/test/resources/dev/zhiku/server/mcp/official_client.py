"""What the official client for Python makes of /mcp: prints one JSON object for McpPythonIT.

    python3 official_client.py URL KEY
"""

import asyncio
import json
import sys

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

url, key = sys.argv[1:]
seen = {}


def text(result):
    return result.content[0].text


async def main():
    steps = []

    async def progress(done, total, message):
        steps.append(done)

    headers = {"Authorization": "Bearer " + key}
    async with httpx2.AsyncClient(headers=headers, timeout=60) as http:
        async with Client(streamable_http_client(url, http_client=http)) as client:
            seen["tools"] = sorted(tool.name for tool in (await client.list_tools()).tools)
            found = await client.call_tool("search", {"question": "年假"})
            seen["found"] = found.structured_content["passages"][0]["path"]
            asked = await client.call_tool(
                "ask", {"question": "年假有几天？"}, progress_callback=progress
            )
            seen["answer"] = asked.structured_content["answer"]
            seen["cited"] = asked.structured_content["citations"][0]["path"]
            seen["progress"] = steps
            listed = await client.call_tool("list", {"state": "indexed"})
            document = listed.structured_content["documents"][0]
            part = await client.call_tool(
                "read", {"document_id": document["document_id"], "max_chars": 8000}
            )
            seen["read"] = [p["ordinal"] for p in part.structured_content["passages"]]
            seen["next"] = part.structured_content["next"]
            status = await client.call_tool("status", {})
            seen["indexed"] = status.structured_content["files"]["indexed"]
            refused = await client.call_tool("read", {"document_id": "none"})
            seen["refused"] = [refused.is_error, text(refused)]
            resources = (await client.list_resources()).resources
            whole = await client.read_resource(str(resources[0].uri))
            seen["resource"] = whole.contents[0].text[:9]


asyncio.run(main())
print(json.dumps(seen))
