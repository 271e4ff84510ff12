"""Reports that could not be read, as the duty that they are for whoever handles them."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from lantern.access.permissions import Permission
from lantern.intake import quarantine
from lantern.intake.models import InboundMessage
from lantern.pages.intake.words import problems_of
from lantern.pages.who import who_asks
from lantern.ui.components import Link, Tag
from lantern.ui.times import Moment, moment, say_ago

MOST_LISTED = 20  # messages above the duties; more stand on the page of unread reports
SAYS = {"police_email": "Read a police message that could not be understood"}
SAYS_OF_OTHERS = "Read a message that could not be understood"
TO_READ = Tag("To read", "orange")


@dataclass(frozen=True, slots=True)
class Unread:
    """One message that waits for a person."""

    link: Link
    since: Moment
    ago: str
    reasons: tuple[str, ...]
    tag: Tag = TO_READ


@dataclass(frozen=True, slots=True)
class AllUnread:
    """How many wait, those that wait longest, and where the others are."""

    count: int
    listed: tuple[Unread, ...]
    more: Link | None


NOTHING_UNREAD = AllUnread(0, (), None)


def unread_for(request: HttpRequest, at: datetime) -> AllUnread:
    """What waits for this person; for somebody who handles no reports nothing, and the database is not asked."""
    if not who_asks(request).may(Permission.HANDLE_INTAKE):
        return NOTHING_UNREAD
    waiting = quarantine.waiting()
    listed, others = waiting[:MOST_LISTED], len(waiting) - MOST_LISTED
    more = Link(f"{others} more to read", reverse("quarantine")) if others > 0 else None
    return AllUnread(len(waiting), tuple(_line(each, at) for each in listed), more)


def with_unread(summary: str, count: int, *, nothing_else: bool) -> str:
    """The sentence about the duties, and how many messages there are: "… 1 message to read."."""
    if not count:
        return summary
    words = f"{count} message{'' if count == 1 else 's'} to read."
    return f"{words} Nothing else is owed at the moment." if nothing_else else f"{summary} {words}"


def _line(message: InboundMessage, at: datetime) -> Unread:
    received = message.received_at
    return Unread(
        link=Link(SAYS.get(message.feed, SAYS_OF_OTHERS), reverse("quarantined", args=[message.id])),
        since=moment(received, at),
        ago=say_ago(received, at),
        reasons=tuple(problems_of(message)),
    )
