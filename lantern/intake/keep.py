"""Keeping what arrived before anything looks at it."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from email import policy
from email.parser import BytesHeaderParser
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from lantern.intake.models import LONGEST_MESSAGE_ID, InboundMessage
from lantern.plumbing.encryption import encrypt, wrap
from lantern.plumbing.errors import Malformed
from lantern.plumbing.ids import new_id
from lantern.plumbing.keys import KEY_BYTES

State = InboundMessage.State
# Bytes; no mail server that a force uses passes on more, and one message must fit in memory several times.
LARGEST = 100 * 1024 * 1024


def keep(feed: str, raw: bytes, at: datetime) -> tuple[InboundMessage, bool]:
    """(the kept message, whether the same bytes had come before). Needs a context that sees every message.

    The caller answers for the message (marks a mail as read, moves a file) only after the commit. Raises Malformed for
    more bytes than LARGEST.
    """
    if len(raw) > LARGEST:
        raise Malformed("The message is too large to be kept.", size=len(raw))
    message_id, content_hash = message_id_of(raw), hashlib.sha256(raw).hexdigest()
    with transaction.atomic():
        _one_at_a_time(feed, message_id)
        same = InboundMessage.objects.filter(feed=feed, message_id=message_id, content_hash=content_hash)
        if same.update(deliveries=F("deliveries") + 1, last_delivered_at=at):
            return same.get(), True
        id_, key = new_id(), secrets.token_bytes(KEY_BYTES)
        nonce, ciphertext = encrypt(key, raw, id_.bytes)
        message = InboundMessage(
            id=id_,
            feed=feed,
            message_id=message_id,
            content_hash=content_hash,
            size=len(raw),
            wrapped_key=wrap(key, id_.bytes),
            nonce=nonce,
            ciphertext=ciphertext,
            received_at=at,
            last_delivered_at=at,
            same_id_other_content=bool(message_id)
            and InboundMessage.objects.filter(feed=feed, message_id=message_id).exists(),
        )
        message.save(force_insert=True)
    return message, False


def translated(message: InboundMessage, child_id: UUID, events: Sequence[UUID], at: datetime) -> None:
    """Note that `message` became these events of this child."""
    decide(message, State.TRANSLATED, at, child_id=child_id, events=[str(event) for event in events], problems=[])


def unfinished() -> list[InboundMessage]:
    """Kept and not looked at yet, oldest first: what a crash between keeping and translating left."""
    return list(InboundMessage.objects.filter(state=State.KEPT).order_by("received_at"))


def message_id_of(raw: bytes) -> str:
    """The Message-ID of a mail; empty when there is none, or nothing that can be read as headers."""
    try:
        headers = BytesHeaderParser(policy=policy.compat32).parsebytes(raw)
        said = str(headers.get("Message-ID", ""))
    except (ValueError, LookupError, RecursionError):
        return ""
    printable = "".join(letter for letter in said if letter.isascii() and letter.isprintable())
    return printable.strip()[:LONGEST_MESSAGE_ID]


def _one_at_a_time(feed: str, message_id: str) -> None:
    # two messages with one Message-ID that arrive together: one of them must see the other
    number = int.from_bytes(hashlib.sha256(f"{feed} {message_id}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def decide(message: InboundMessage, state: State, at: datetime, **values: object) -> None:
    """Write what became of `message`; its bytes, and when they came, the database itself keeps as they are."""
    values |= {"state": state, "decided_at": at}
    InboundMessage.objects.filter(id=message.id).update(**values)
    for name, value in values.items():
        setattr(message, name, value)
