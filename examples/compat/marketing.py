"""A marketing session in the manner of 0.3.x: run in the terminal, its data read as dicts. See docs/migrate.md."""

from wyseos.mate import Client, create_task_runner
from wyseos.mate.config import load_config
from wyseos.mate.models import CreateSessionRequest
from wyseos.mate.task_runner import TaskExecutionOptions, TaskMode
from wyseos.mate.websocket import WebSocketClient

client = Client(load_config("mate.yaml"))
request = CreateSessionRequest(
    task="Draft posts on my solar lantern",
    mode="marketing",
    platform="api",
    extra={"marketing_product": {"product_id": "prod_123"}},
)
created = client.session.create(request)
session_info = client.session.get_info(created.session_id)
ws_client = WebSocketClient(
    base_url=client.base_url,
    api_key=client.api_key or "",
    jwt_token=client.jwt_token or "",
    session_id=session_info.session_id,
)
runner = create_task_runner(ws_client, client, session_info)
runner.run_interactive_session(
    initial_task="Draft three posts",
    attachments=[],
    task_mode=TaskMode.Marketing,
    extra=request.extra,
    options=TaskExecutionOptions(verbose=True, stop_on_x_confirm=True, completion_timeout=60),
)

for kind in ("reply", "like", "retweet", "tweet"):
    data = client.session.get_marketing_data(created.session_id, type=kind)
    print(kind, len(data.get(kind, [])))
info = client.session.get_info(created.session_id)
print(info.model_dump(exclude_none=True)["status"], dict(info)["session_id"] == created.session_id)
if info.task_result:
    print(info.task_result["content"])
client.close()
