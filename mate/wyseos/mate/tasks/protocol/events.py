"""The events of a task's stream: those of the service and those that the SDK adds."""

from __future__ import annotations

from typing import TypeAlias

from wyseos.generated.events import Event as Event
from wyseos.mate.tasks.protocol.local_events import Gap as Gap
from wyseos.mate.tasks.protocol.local_events import PolicyDecision as PolicyDecision
from wyseos.mate.tasks.protocol.local_events import Reconnecting as Reconnecting
from wyseos.mate.tasks.protocol.local_events import StreamClosed as StreamClosed

TaskEvent: TypeAlias = Event | Gap | PolicyDecision | Reconnecting | StreamClosed
