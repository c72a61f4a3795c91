"""Sessions and their messages. See docs/services.md."""

from wyseos.mate import Client
from wyseos.mate.models import CreateSessionRequest, MessageFilter, UpdateSessionNameRequest

with Client() as client:
    created = client.session.create(CreateSessionRequest(task="Compare three solar lanterns"))
    client.session.update_session_name(UpdateSessionNameRequest(created.session_id, "Solar lanterns"))

    session = client.session.get_info(created.session_id)
    print(f"{session.name}: {session.status}, made at {session.created_at:%Y-%m-%d %H:%M}")

    page = client.session.get_messages(session.session_id, page_size=10, filter=MessageFilter(role="user"))
    print(f"{page.total_count} messages of the user, more to come: {page.has_next}")

    in_progress = [each.name for each in client.session.list_current()]
    print(f"In progress: {', '.join(map(str, in_progress)) or 'nothing'}")
