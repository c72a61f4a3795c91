"""Whole programs, from the start of the interpreter to its end: a few lines each, as somebody would write them.

`{server}` stands for the address of the service.
"""

from __future__ import annotations

# httpx loads its own command line, rich and click, where they are installed. What it costs without is told too.
_LIGHT = "import sys; sys.modules['httpx._main'] = None\n"
_GET = """
import httpx
with httpx.Client(base_url="{server}", headers={{"x-api-key": "k"}}) as client:
    print(client.get("/session/info/s").json()["data"]["status"])
"""
_TASK = """
import asyncio, json, httpx
from websockets.asyncio.client import connect
async def main():
    async with httpx.AsyncClient(base_url="{server}", headers={{"x-api-key": "k"}}) as client:
        created = await client.post("/session/create", json={{"task": "text-300-27"}})
        session_id = created.json()["data"]["session_id"]
    async with connect(f"{server}/session/ws/{{session_id}}".replace("http", "ws"), max_size=None) as line:
        await line.send(json.dumps({{"type": "start", "data": {{"messages": [{{"type": "task", "content": "x"}}]}}}}))
        async for text in line:
            event = json.loads(text)
            if event["type"] == "task_result":
                print(event["content"])
                break
asyncio.run(main())
"""

STARTS: dict[str, dict[str, str]] = {
    "import": {
        "python": "pass",
        "wyseos": "import wyseos.mate",
        "httpx": "import httpx",
        "httpx, light": f"{_LIGHT}import httpx",
        "stock": "import stock_client",
        "openai": "import openai",
        "anthropic": "import anthropic",
        "stripe": "import stripe",
    },
    "client": {
        "python": "pass",
        "wyseos": "from wyseos.mate import Client; Client()",
        "httpx": "import httpx; httpx.Client()",
        "stock": "from stock_client import Client; Client(base_url='{server}')",
        "openai": "from openai import OpenAI; OpenAI(api_key='k')",
        "anthropic": "from anthropic import Anthropic; Anthropic(api_key='k')",
        "stripe": "import stripe; stripe.StripeClient('sk_test_k')",
    },
    "first GET": {
        "httpx, light": _LIGHT + _GET,
        "httpx": _GET,
        "wyseos": "from wyseos.mate import Client\n"
        "with Client(base_url='{server}', api_key='k') as client: print(client.session.get_info('s').status)",
        "stock": "from stock_client import Client; from stock_client.api.session import get_session\n"
        "print(get_session.sync_detailed('s', client=Client(base_url='{server}')).status_code)",
        "openai": "from openai import OpenAI\n"
        "print(OpenAI(base_url='{server}/openai', api_key='k').models.retrieve('m').id)",
        "anthropic": "from anthropic import Anthropic\n"
        "print(Anthropic(base_url='{server}', api_key='k').models.retrieve('m').id)",
        "stripe": "import stripe\n"
        "print(stripe.StripeClient('sk_test_k', base_addresses={{'api': '{server}'}}).v1.customers.retrieve('c').id)",
    },
    "first task": {
        "httpx and websockets, light": _LIGHT + _TASK,
        "httpx and websockets": _TASK,
        "wyseos": "from wyseos.mate import Client\n"
        "with Client(base_url='{server}', api_key='k') as client: print(client.run('text-300-27').final_answer)",
    },
}
