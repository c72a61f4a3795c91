"""What tests of both handles of a task give them."""

from __future__ import annotations

import pytest

from wyseos.mate.task_runner import TaskExecutionOptions

BY_HAND = TaskExecutionOptions(auto_accept_plan=False)


patient = pytest.mark.wyseos(scenario="patient", speed=1)
