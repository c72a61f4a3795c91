"""The credential of a client: which one is sent, and how a token is renewed."""

from __future__ import annotations

from collections.abc import Callable

from wyseos.mate.errors import ConfigError
from wyseos.mate.settings.secret import Secret, redact
from wyseos.mate.settings.table import read_secret
from wyseos.runtime import hints as t
from wyseos.runtime.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from wyseos.mate.config import ClientOptions

__all__ = ["Credential"]


class Credential:
    """Names the header that authenticates a request.

    Args:
        api_key: the API key, if there is one.
        jwt_token: the JWT or a function that returns one, if there is one; it is sent instead of the key.
    """

    def __init__(self, api_key: Secret | None, jwt_token: Secret | Callable[[], t.Any] | None) -> None:
        self._api_key = api_key
        self._ask = jwt_token if not isinstance(jwt_token, Secret) else None
        self._token = jwt_token if isinstance(jwt_token, Secret) else None

    @classmethod
    def of(cls, options: ClientOptions) -> Credential:
        """Return the credential that a client's settings name."""
        return cls(options.kept("api_key"), options.kept("jwt_token"))

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """What must not show anywhere."""
        return tuple(secret for secret in (self._api_key, self._token) if secret)

    def redact(self, text: str) -> str:
        """Return words of the service without the credential, which they may quote."""
        return redact(text, self.secrets)

    def header(self) -> tuple[str, Secret]:
        """Return the name and value of the header; asks for the token if none was asked for yet.

        Raises:
            ConfigError: there is no credential, or the function returned what cannot be one.
        """
        token = self._token  # read once: another thread may forget it meanwhile
        if self._ask is not None and token is None:
            token = self._token = _checked(self._ask())
        if token:
            return "authorization", token
        if self._api_key:
            return "x-api-key", self._api_key
        raise ConfigError(
            "No credential is set: give api_key or jwt_token, set WYSEOS_API_KEY, or write it into mate.yaml.",
            field="api_key",
        )

    @property
    def can_renew(self) -> bool:
        """Whether a token that was refused can be asked for anew."""
        return self._ask is not None

    def query(self, *, renew: bool = False) -> dict[str, str]:
        """Return the query that authenticates a WebSocket, through the same token as REST.

        Args:
            renew: the last token was refused: ask for a new one.

        Raises:
            ConfigError: there is no credential, or the function returned what cannot be one.
        """
        if renew and self._token is not None:
            self.renew(self._token)
        name, secret = self.header()
        return {"authorization" if name == "authorization" else "api_key": secret.reveal()}

    def holds(self, other: Credential) -> bool:
        """Whether another credential came from this one: it has nothing of its own, the same, or a token asked for."""
        if other._ask is not None or other._api_key not in (None, self._api_key):
            return other._ask is not None and other._ask is self._ask
        if other._token is None and other._api_key is None:
            return True
        return other._token is not None if self._ask is not None else other._token == self._token

    def renew(self, refused: Secret) -> bool:
        """Forget a token that was refused, so that the function is asked again; False where there is no function.

        Args:
            refused: what was sent. Where another thread has asked for a new token since, that one is kept.
        """
        if self._ask is None:
            return False
        if self._token is refused:
            self._token = None
        return True


def _checked(token: t.Any) -> Secret:
    try:
        return read_secret(token)
    except ValueError as error:
        reason = str(error)
    raise ConfigError(f"What the jwt_token function returned {reason}.", field="jwt_token")
