"""`client.user`: calls and their filters."""

from __future__ import annotations

import inspect

from wyseos.mate.services.user import CallFilters, UserService


def test_the_walk_over_calls_takes_the_filters_of_a_page() -> None:
    filters = list(inspect.signature(UserService.list_calls).parameters)[4:]  # after self, and which page
    assert filters == list(CallFilters.__annotations__)
