"""The documented runner: a session, its WebSocket client, and a task in it. See docs/tasks.md."""

from wyseos.mate import Client, create_task_runner
from wyseos.mate.models import CreateSessionRequest
from wyseos.mate.task_runner import TaskExecutionOptions, TaskMode
from wyseos.mate.websocket import WebSocketClient

with Client() as client:
    created = client.session.create(CreateSessionRequest(task="Compare three solar lanterns"))
    session_info = client.session.get_info(created.session_id)
    ws_client = WebSocketClient(
        base_url=client.base_url,
        api_key=client.api_key or "",
        jwt_token=client.jwt_token or "",
        session_id=session_info.session_id,
    )
    task_runner = create_task_runner(ws_client, client, session_info)
    result = task_runner.run_task(
        "Compare three solar lanterns",
        task_mode=TaskMode.Default,
        options=TaskExecutionOptions(verbose=True, capture_screenshots=True),
    )
    print(f"{len(result.screenshots)} screenshots, {len(result.plan_history)} changes of the plan")
