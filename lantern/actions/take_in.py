"""Everything that waits at the door of a feed: messages of a source, and those that a crash left half taken in."""

from collections.abc import Callable
from datetime import datetime

from lantern.access import context
from lantern.actions.receive_report import receive_report, set_before_a_person, take_up
from lantern.intake.keep import unfinished
from lantern.intake.translation import Problem
from lantern.plumbing import logs, sql
from lantern.record.actor import Actor

POLICE_EMAIL = "police_email"
# the gateway acts for whichever force sent the message; the message itself says which
GATEWAY = Actor(None, "police", "", source_kind="feed", source_ref=POLICE_EMAIL)
log = logs.get("intake")


def taking_in(feed: str, now: Callable[[], datetime]) -> Callable[[bytes], None]:
    """What a source hands each message to: it returns once the message is kept for good."""

    def handle(raw: bytes) -> None:
        receive_report(feed, raw, by=GATEWAY, at=now())

    return handle


def finish(at: datetime) -> int:
    """Take up messages that were kept and no more, because somebody was killed in between; how many there were.

    One that cannot be taken up at all is set before a person, and holds nobody up.
    """
    with context.system("take up messages"):
        messages = unfinished()
    for message in messages:
        try:
            take_up(message, by=GATEWAY, at=at)
        except sql.AWAY:
            raise  # the database is away: the next round takes it up
        except Exception as problem:  # noqa: BLE001  one message must not keep the others from being taken up
            log.error("message.not_taken_up", problem=problem, message=message.id)
            with context.system("take up messages"):
                set_before_a_person(message, [Problem("not_taken_up", "message", "something of ours failed on it")], at)
    return len(messages)
