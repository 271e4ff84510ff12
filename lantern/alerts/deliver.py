"""The loop that delivers messages: claim one, try, note what came of it, take the next.

Each message is claimed in a transaction of its own and sent outside of any. Whoever dies while sending leaves the
claim behind; when it has run out, the message is taken over and marked as one that may have arrived before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lantern.access import context
from lantern.alerts.channels.email import Email
from lantern.alerts.channels.outcome import PASSING, PERMANENT, SENT, Channel, Outcome, Parcel
from lantern.alerts.models import GIVEN_UP, NOT_NEEDED, SENDING, WAITING
from lantern.alerts.models import SENT as IS_SENT
from lantern.duties.models import OPEN
from lantern.plumbing import logs, sql
from lantern.plumbing.ids import new_id

CLAIM_LASTS = timedelta(minutes=5)  # longer than any channel may take (an SMTP server is waited for 20 s at each step)
AT_ONCE = 20  # messages of one call; the caller then brings a fresh instant
FIRST_RETRY = timedelta(minutes=1)  # after a passing failure; then twice as long each time
LAST_RETRY = timedelta(hours=1)  # but never rarer, and never given up: a mail server may be away for a night
log = logs.get("alerts")


@dataclass(frozen=True, slots=True)
class _Claimed:
    parcel: Parcel
    channel: str
    child_id: UUID | None
    attempt_id: UUID
    tries: int


def channels() -> dict[str, Channel]:
    """Every channel by its name."""
    return {channel.name: channel for channel in (Email(),)}


def deliver(at: datetime, using: Mapping[str, Channel] | None = None, *, limit: int = AT_ONCE) -> int:
    """Deliver the messages whose time has come, at most `limit`; how many were sent.

    A channel that cannot be reached at all ends the round: the other messages would fare no better.
    """
    ways = using or channels()
    sent = 0
    try:
        for _ in range(limit):
            claimed = _claim(at)
            if claimed is None:
                break
            outcome = ways[claimed.channel].send(claimed.parcel)
            _note(claimed, outcome, at)
            sent += outcome.kind == SENT
            if outcome.kind == PASSING:
                break
    finally:
        for way in ways.values():
            way.close()
    return sent


_CLAIM = """
WITH next AS (
    SELECT message.id, message.state FROM alerts_message message
    WHERE message.next_try_at <= %(at)s ORDER BY message.next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED
)
UPDATE alerts_message message SET state = 'sending', next_try_at = %(lapses)s, tries = message.tries + 1,
    repeated = message.repeated OR next.state = 'sending'
FROM next, access_person person
WHERE message.id = next.id AND person.id = message.recipient_id
RETURNING message.id, person.email, person.is_active, message.level, message.about, message.duty, message.repeated,
    message.channel, message.child_id, message.tries
"""


def _claim(at: datetime) -> _Claimed | None:
    """Take the message that has waited longest; those that nobody needs any more are put aside on the way."""
    while True:
        with context.system("deliver messages"), sql.cursor() as cursor:
            cursor.execute(_CLAIM, {"at": at, "lapses": at + CLAIM_LASTS})
            row = cursor.fetchone()
            if row is None:
                return None
            id_, address, active, level, about, subject, repeated, channel, child_id, tries = row
            if not active or (about == "duty" and not _still_open(subject)):
                cursor.execute(
                    "UPDATE alerts_message SET state = %s, next_try_at = NULL WHERE id = %s", [NOT_NEEDED, id_]
                )
                continue
            attempt_id = new_id()
            cursor.execute(
                "UPDATE alerts_attempt SET outcome = 'unknown' WHERE message_id = %s AND outcome = ''", [id_]
            )
            cursor.execute(
                "INSERT INTO alerts_attempt (id, message_id, child_id, began_at, outcome, code)"
                " VALUES (%s, %s, %s, %s, '', '')",
                [attempt_id, id_, child_id, at],
            )
            path = _path(about, subject, child_id)
        return _Claimed(Parcel(id_, address, level, path, repeated), channel, child_id, attempt_id, tries)


def _still_open(duty_id: UUID) -> bool:
    """A message about a duty that was met or withdrawn in the meantime would only confuse."""
    with sql.cursor() as cursor:
        cursor.execute("SELECT 1 FROM duties_duty WHERE id = %s AND stage = %s", [duty_id, OPEN])
        return cursor.fetchone() is not None


def _path(about: str, subject: UUID, child_id: UUID | None) -> str:
    """Where the link leads; the addresses of pages never change."""
    if about == "duty":
        return f"/duties/{subject}/"
    if about == "intake":
        return "/intake/"
    (rows,) = sql.together(("SELECT ref FROM record_child WHERE id = %s", [child_id]))
    return f"/children/{rows[0][0]}/{'parts/' if about == 'parts' else ''}"


def _note(claimed: _Claimed, outcome: Outcome, at: datetime) -> None:
    """Write down what came of a try."""
    state, next_try, sent_at = _became(claimed, outcome, at)
    with context.system("deliver messages"), sql.cursor() as cursor:
        cursor.execute(
            "UPDATE alerts_message SET state = %s, next_try_at = %s, sent_at = %s"
            " WHERE id = %s AND state = %s AND tries = %s",
            [state, next_try, sent_at, claimed.parcel.message_id, SENDING, claimed.tries],
        )
        cursor.execute(
            "UPDATE alerts_attempt SET outcome = %s, code = %s WHERE id = %s",
            [outcome.kind, outcome.code, claimed.attempt_id],
        )
    if outcome.kind != SENT:
        log.warning("alert.not_sent", message=claimed.parcel.message_id, code=outcome.code, state=state)


def _became(claimed: _Claimed, outcome: Outcome, at: datetime) -> tuple[str, datetime | None, datetime | None]:
    """State, next try and time of sending of a message after a try."""
    if outcome.kind == PASSING:
        return WAITING, at + min(FIRST_RETRY * 2 ** min(claimed.tries - 1, 10), LAST_RETRY), None
    return (GIVEN_UP, None, None) if outcome.kind == PERMANENT else (IS_SENT, None, at)
