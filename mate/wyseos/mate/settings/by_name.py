"""The settings by name, as arguments take them, for type checkers and for who looks annotations up at run time."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict

if TYPE_CHECKING:
    from ssl import SSLContext as SSLContext

else:
    SSLContext = Any  # what reads annotations at run time need not load all of TLS for it

__all__ = ["Hook", "SSLContext", "Settings"]


Hook: TypeAlias = Callable[[Any], None]


class Settings(TypedDict, total=False):
    """All settings by name, as `Client(…)`, `with_options(…)` and `evolve(…)` take them; see `ClientOptions`."""

    api_key: str | None
    jwt_token: str | Callable[[], str] | None
    base_url: str | None
    timeout: float | None
    deadline: float | None
    max_retries: int | None
    proxy: str | None
    ca_bundle: str | os.PathLike[str] | None
    ssl_context: SSLContext | None
    allow_insecure: bool | None
    strict: bool | None
    max_connections: int | None
    max_response_size: int | None
    headers: Mapping[str, str] | None
    query: Mapping[str, Any] | None
    before_request: Hook | Sequence[Hook] | None
    after_response: Hook | Sequence[Hook] | None
    transport: Any
