"""The pytest plugin by the name of its first home; it stands in `wyseos_pytest`, see there why."""

from wyseos_pytest import (
    pytest_configure,
    wyseos_async_client,
    wyseos_client,
    wyseos_emulator,
    wyseos_env,
)

__all__ = ["pytest_configure", "wyseos_async_client", "wyseos_client", "wyseos_emulator", "wyseos_env"]
