"""Errors: one tree, each with what is known and what to do. See docs/errors.md."""

from wyseos.mate import APIError, Client, NetworkError, ValidationError, WyseError
from wyseos.mate.errors import NotFoundError, RateLimitError
from wyseos.mate.models import CreateSessionRequest

with Client() as client:
    try:
        client.session.get_info("no-such-session")
    except NotFoundError as error:
        print(f"{error.message}\n  code {error.code}, HTTP {error.status_code}, hint: {error.hint}")

    try:
        client.session.get_info("../../user/apikey/lists")
    except WyseError as error:
        print(f"An id never leaves its path: {type(error).__name__}")

    try:
        CreateSessionRequest(task="")
    except ValidationError as error:
        print(f"Nothing was sent: {error} (field {error.field})")

    # Nobody listens on this port.
    nowhere = client.with_options(base_url="http://127.0.0.1:9", max_retries=0)
    try:
        nowhere.session.create(CreateSessionRequest(task="Write"))
    except RateLimitError as error:
        print(f"Later, in {error.retry_after} seconds")
    except NetworkError as error:
        print(f"{error.message}\n  may have been taken: {error.may_have_been_taken}, retryable: {error.retryable}")
    except APIError as error:
        print(f"The service said no: {error}")
