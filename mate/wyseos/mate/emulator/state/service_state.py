"""All that the service knows: users' keys, sessions, browsers, products, files, calls. One thread works with it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from wyseos.mate.emulator.scenario.actions import Json
from wyseos.mate.emulator.server.contract import Violation
from wyseos.mate.emulator.server.refusal import NO_CREDITS, Refusal, not_found
from wyseos.mate.emulator.server.uploads import file_url
from wyseos.mate.emulator.state.clock import Clock
from wyseos.mate.emulator.state.session import Session
from wyseos.mate.emulator.state.store import Shelf, Store

_SHELVES = ("browser", "product", "report", "research", "file", "key", "call", "account")
_NUMBER = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asks: the name of the API key, or `jwt`."""

    key_name: str


class ServiceState:
    """The service's state.

    Args:
        store: keeps it.
        clock: tells the time.
        seed: makes ids; the same seed and the same requests give the same ids.
        credits: what the user may still spend.
        product_polls: how often a product is asked for before its analysis is complete.
    """

    def __init__(self, store: Store, clock: Clock, seed: int, credits: float, product_polls: int) -> None:
        self.store = store
        self.clock = clock
        self.product_polls = product_polls
        self.violations: list[Violation] = []
        self._random = Random(seed)  # noqa: S311  # the same ids each time are what is wanted; no key of value is made here
        self.shelves = {kind: Shelf(store, kind) for kind in _SHELVES}
        self.sessions = {name: Session.restore(kept, store, clock) for name, kept in store.load("session")}
        self.account = self.shelves["account"].get("user") or {"credits": credits}
        self.jwt_token = ""
        self.base_url = ""

    def new_id(self, kind: str) -> str:
        """Make an id such as `session_3f9a0c17d2b4`, not used before."""
        while True:
            made = f"{kind}_{self._random.getrandbits(48):012x}"
            if made not in self.sessions and all(made not in shelf for shelf in self.shelves.values()):
                return made

    def new_number(self) -> int:
        """Make a number that no key and no product has yet. Clients name products as they like: not all are numbers."""
        names = [name for kind in ("key", "product") for name in self.shelves[kind]]
        taken = [int(name) for name in names if _NUMBER.fullmatch(name)]
        return max(taken, default=0) + 1

    def new_secret(self, kind: str) -> str:
        """Make what opens something, a key or a user's file: nobody can tell it from the seed."""
        return f"{kind}_{secrets.token_hex(12)}"

    def find(self, kind: str, name: str) -> Json:
        """Find an object, or refuse with 4203."""
        try:
            return self.shelves[kind][name]
        except KeyError:
            raise not_found(kind, name) from None

    def session(self, session_id: str) -> Session:
        """Find a session, or refuse with 4203."""
        try:
            return self.sessions[session_id]
        except KeyError:
            raise not_found("session", session_id) from None

    def requester(self, api_key: str | None, token: str | None) -> Requester:
        """Tell who asks by what they show; where both are shown the token counts. Else refuse with 401."""
        if token is not None:
            if token == self.jwt_token:
                return Requester("jwt")
            raise Refusal(401, "unauthorized", 401)
        for key in self.shelves["key"].values():
            if key["secret"] == api_key:
                key["last_used_at"] = self.clock.stamp()
                return Requester(key["name"])
        raise Refusal(401, "unauthorized", 401)

    def knows(self, api_key: str | None, token: str | None) -> bool:
        """Whether somebody shows a key or token that is accepted."""
        try:
            self.requester(api_key, token)
        except Refusal:
            return False
        return True

    def add_key(self, name: str, secret: str) -> Json:
        """Make an API key known."""
        number = self.new_number()
        key = {"id": number, "name": name, "secret": secret, "created_at": self.clock.stamp(), "last_used_at": None}
        return self.shelves["key"].put(str(number), key)

    def require_credits(self) -> None:
        """Refuse with 4600 where the user has nothing left to spend."""
        if self.account["credits"] <= 0:
            raise Refusal(NO_CREDITS, "not enough credits")

    def charge(self, session: Session, status: str, duration: float) -> None:
        """Count what a round of a session cost."""
        tokens = round(0.01 * sum(len(event.get("content", "")) for event in session.messages), 2)
        cost = {"server_traffic": 0.1, "token": tokens, "browser": 0.5, "auto_captcha": 0.0, "ip_proxy_bandwidth": 0.0}
        total = round(sum(cost.values()), 2)
        self.account["credits"] = round(self.account["credits"] - total, 2)
        self.shelves["account"].put("user", self.account)
        call = {
            "session_id": session.id,
            "api_key_name": session.key_name,
            "browser_id": session.info["browser_id"],
            "duration": round(duration, 3),
            "auth_captcha": {"has_used": False, "used_count": 0},
            "ip_proxy_bandwidth": 0.0,
            "cost": {"total_credit": total, **cost},
            "status": status,
            "created_at": self.clock.stamp(),
            "platform": session.info["platform"],
        }
        self.shelves["call"].put(f"{len(self.shelves['call']) + 1:09d}", call)

    def add_file(self, file_id: str, name: str, content: bytes) -> str:
        """Keep a file and tell where it can be downloaded."""
        self.shelves["file"].put(file_id, {"file_name": name, "content": content.decode("latin-1")})
        return file_url(self.base_url, file_id, name)


def without(told: Mapping[str, Any], *names: str) -> Json:
    """Leave out what the service does not tell."""
    return {name: value for name, value in told.items() if name not in names}
