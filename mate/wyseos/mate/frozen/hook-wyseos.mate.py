"""PyInstaller's hook: the whole package goes along, its data, and the HTTP library that is there."""

from importlib.util import find_spec

from PyInstaller.utils.hooks import collect_data_files, collect_submodules

_PACKAGES = ("wyseos.mate", "wyseos.generated", "wyseos.runtime")


def _is_for_programs(name: str) -> bool:
    """Leave the pytest plugin and the hooks themselves at home."""
    return not name.startswith(("wyseos.mate.testing", "wyseos.mate.frozen"))


hiddenimports = [
    *(name for package in _PACKAGES for name in collect_submodules(package, _is_for_programs, on_error="ignore")),
    *(name for name in ("httpx2", "httpcore2", "httpx", "httpcore") if find_spec(name)),
    *collect_submodules("anyio._backends"),
]
datas = [row for package in _PACKAGES for row in collect_data_files(package)]
