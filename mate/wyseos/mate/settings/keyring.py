"""API keys in the system's keyring: one for each service, so that no other address ever gets it. Extra `keyring`.

Reading forgives: a keyring that is missing, locked or out of order is one without a key, as settings have other places.
Writing, which somebody asked for, tells what is wrong.
"""

from __future__ import annotations

from types import ModuleType

from wyseos.mate.errors import ConfigError
from wyseos.mate.settings.secret import Secret

__all__ = ["KEYRING", "can_keep", "keep_key", "kept_key"]

KEYRING = "keyring"
"""The name of the source, and of the library."""
_SERVICE = "wyseos"


def kept_key(base_url: str) -> Secret | None:
    """Return the API key that is kept for a service, None where there is none.

    Args:
        base_url: the service.
    """
    try:
        key = _library().get_password(_SERVICE, base_url)
    except Exception:  # noqa: BLE001 - whatever a system's keyring raises, it has no key for us
        return None
    return Secret(key) if key else None


def can_keep() -> bool:
    """Tell whether there is a keyring to write to: the library, and behind it one of the system's."""
    try:
        return bool(_library().get_keyring().priority > 0)
    except Exception:  # noqa: BLE001 - as above
        return False


def keep_key(base_url: str, key: str) -> None:
    """Keep the API key of a service.

    Args:
        base_url: the service.
        key: the key.

    Raises:
        ConfigError: there is no keyring, or it is locked; says what to do.
    """
    try:
        _library().set_password(_SERVICE, base_url, key)
    except ModuleNotFoundError:
        message = "The system's keyring is read with: pip install 'wyseos-sdk[keyring]'"
    except Exception as error:  # noqa: BLE001 - each system's keyring has errors of its own; none of them holds the key
        message = f"The system's keyring took no key ({type(error).__name__}): unlock it, or write the key into a file."
    else:
        return
    raise ConfigError(message, field="api_key")  # outside: the frames above hold the key


def _library() -> ModuleType:
    from importlib.util import find_spec

    if find_spec(KEYRING) is None:
        raise ModuleNotFoundError("keyring is not installed", name=KEYRING)
    import keyring

    return keyring
