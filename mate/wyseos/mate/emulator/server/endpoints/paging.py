"""Pages of lists, as the service cuts them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def cut(rows: Sequence[Any], page_num: int, page_size: int) -> list[Any]:
    """Cut out the rows of one page; pages count from 1."""
    return list(rows[(page_num - 1) * page_size : page_num * page_size])


def page(rows: Sequence[Any], page_num: int, page_size: int) -> dict[str, Any]:
    """Make one page of a list."""
    total_page = -(-len(rows) // page_size)
    told = {"page_num": page_num, "page_size": page_size, "total": len(rows), "total_page": total_page}
    return told | {"data": cut(rows, page_num, page_size)}
