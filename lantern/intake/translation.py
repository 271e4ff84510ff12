"""What a feed makes of a message: who it is about, what happened, and everything that is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a message from being translated.

    place: where in the message (a part and a label), never what stood there. expected: what would have been right.
    """

    code: str
    place: str
    message: str
    expected: str = ""

    def as_json(self) -> dict[str, str]:
        """For the table."""
        return {"code": self.code, "place": self.place, "message": self.message, "expected": self.expected}


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that the message tells of, not appended yet. Without `in_episode` it is a fact about the child."""

    type: str
    occurred_at: datetime
    fields: Mapping[str, Any]
    in_episode: bool = True


@dataclass(frozen=True, slots=True)
class ReportedChild:
    """Who the message is about, in its own words; what it does not say is empty."""

    given_name: str = ""
    family_name: str = ""
    date_of_birth: date | None = None
    police_reference: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """A message in our own terms. With `problems` nothing of it may be used: a person must look.

    kind: a new report, more about an earlier one, or that the child was found. force: the sender's name for itself.
    """

    kind: Literal["report", "update", "located"] = "report"
    identity: ReportedChild = field(default_factory=ReportedChild)
    events: tuple[Draft, ...] = ()
    problems: tuple[Problem, ...] = ()
    force: str = ""
