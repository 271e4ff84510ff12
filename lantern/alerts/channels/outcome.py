"""What a channel answers."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

SENT, PASSING, PERMANENT = "sent", "passing", "permanent"


@dataclass(frozen=True, slots=True)
class Outcome:
    """kind: sent, passing (trying again may help), permanent (it will answer the same for ever).

    code: what the other side answered, as a short code without words that it chose.
    """

    kind: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is handed to a channel: where to, what level, the path of the link, and whether it may be a repeat."""

    message_id: UUID
    address: str
    level: str
    path: str
    repeated: bool


class Channel(Protocol):
    """One way to reach people; used as a context, so that a connection serves several parcels."""

    name: str

    def send(self, parcel: Parcel) -> Outcome:
        """Try once. Never raises for what the other side does."""
        ...

    def close(self) -> None:
        """Let go of the connection, if there is one."""
        ...
