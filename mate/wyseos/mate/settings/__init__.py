"""Settings: each one once, where its value comes from, and how it is checked. No request is made here.

The names that the signatures of a client need are loaded when somebody looks them up.
"""

from wyseos.runtime import hints as _t
from wyseos.runtime.hints import TYPE_CHECKING as _TYPE_CHECKING
from wyseos.runtime.lazy import attribute as _attribute

if _TYPE_CHECKING:
    from wyseos.mate.settings.by_name import Hook as Hook
    from wyseos.mate.settings.by_name import Settings as Settings
    from wyseos.mate.settings.by_name import SSLContext as SSLContext

_HOME_OF = dict.fromkeys(("Hook", "SSLContext", "Settings"), "by_name")


def __getattr__(name: str) -> "_t.Any":
    return _attribute(__name__, _HOME_OF, name)
