"""The start of a round: what it sends, and what proves that it was never taken."""

from __future__ import annotations

import pytest

from wyseos.generated.models import StartData, StartMessage, StartTask
from wyseos.mate.errors import ValidationError
from wyseos.mate.tasks.protocol.commands import Start, start_of


def test_a_start_carries_the_task_its_files_and_what_else_is_to_be_known() -> None:
    file = {"file_name": "a.txt", "file_url": "u"}
    assert start_of("Find", [file], {"strategy": "x"}).message.to_dict() == {
        "type": "start",
        "data": {
            "messages": [{"type": "task", "content": "Find"}],
            "attachments": [file],
            "extra": {"strategy": "x"},
        },
    }


def test_a_session_that_stands_as_it_stood_before_never_took_the_start() -> None:
    assert start_of("Find", None, None).resend_in == {"created"}
    assert start_of("Find", None, None, status="complete").resend_in >= {"complete", "paused"}


@pytest.mark.parametrize("task", ["", " \n", None, 3])
def test_a_task_without_words_is_refused(task: str) -> None:
    with pytest.raises(ValidationError) as refused:
        start_of(task, None, None)
    assert (refused.value.message, refused.value.field) == ("task is empty; say in words what is to be done", "task")


def test_a_first_start_was_not_taken_where_the_session_is_still_only_created() -> None:
    assert Start(StartMessage(data=StartData(messages=[StartTask(content="Find")]))).resend_in == {"created"}
