"""The only way into the record.

One transaction, two round trips: take the child's lock and read the head of the chain; write the events. Children
do not wait for each other. Projections of the record are brought up to date in the same transaction.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from django.db import IntegrityError, connection, transaction

from lantern.engine.events import REGISTRY
from lantern.plumbing import encryption, sql
from lantern.plumbing.errors import Refused
from lantern.plumbing.ids import new_id
from lantern.plumbing.keys import KEY_BYTES
from lantern.plumbing.round_trip import Question
from lantern.record import personal, project, wire
from lantern.record.actor import Actor
from lantern.record.canonical import canonical, hash_of, instant, mac_of, personal_digest
from lantern.record.check import check_events
from lantern.record.errors import Change, Conflict, Erased, KeyReused
from lantern.record.models import Child, ChildKey, Episode

VERSION = 1  # of the shape of events; a later shape reads earlier ones
# No vowels and no look-alikes: refs are read aloud on the telephone and spell no words.
REF_LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"
REF_LENGTH = 8


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to append. `occurred_at` is aware; `fields` are those of the vocabulary.

    by_role and agency stand in for the actor's own where somebody records what another decided.
    """

    type: str
    occurred_at: datetime
    fields: Mapping[str, Any] = field(default_factory=dict)
    episode: Episode | None = None
    id: UUID | None = None
    by_role: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """An event as it stands in the record, without its fields."""

    id: UUID
    seq: int
    type: str
    hash: str


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append did; `repeated` when the idempotency key had done it before."""

    events: list[Stored]
    repeated: bool


def open_child(*, by: Actor, at: datetime) -> Child:
    """A new child with a key of their own. Must run in a context that may see the new child."""
    del by  # an identity says nothing of who made it; the first event does
    child = Child(id=new_id(), ref=_new_ref(), created_at=at)
    key = encryption.wrap(secrets.token_bytes(KEY_BYTES), child.id.bytes)
    with transaction.atomic():
        child.save(force_insert=True)
        ChildKey(child=child, wrapped_key=key).save(force_insert=True)
    return child


def open_episode(child: Child, *, by: Actor, at: datetime) -> Episode:
    """A new absence of the child, as an identity; its first event says how it began."""
    del by
    episode = Episode(id=new_id(), child=child, ref=_new_ref(), opened_at=at)
    episode.save(force_insert=True)
    return episode


def append(
    child: Child,
    events: Sequence[NewEvent],
    *,
    by: Actor,
    at: datetime,
    expected_seq: int | None = None,
    idempotency_key: str | None = None,
    flushed_later: bool = False,
    head: Sequence[Sequence[Any]] | None = None,
) -> Appended:
    """Append `events` in order, recorded at `at`.

    expected_seq: the child's last seq that the caller saw. idempotency_key: the same key with the same events gives the
    same answer and appends nothing. flushed_later: the caller commits again before it tells anybody that this stands,
    and what is flushed to disk then takes this with it. head: the answers to `head_questions`, where they were asked in
    this transaction already. Raises BadEvent, Conflict, KeyReused, Erased.
    """
    fields = check_events(events, by, at)
    request = _request_mac(events, fields) if idempotency_key else ""
    shapes_the_card = any(event.type in project.SHAPES_THE_CARD for event in events)
    with _in_a_transaction(undone_whole=shapes_the_card), connection.wrap_database_errors:
        last = _head(child.id, head or sql.together(*head_questions(child.id, idempotency_key)))
        if idempotency_key and last.request:
            return _same_answer(last, request)
        if expected_seq is not None and expected_seq != last.seq:
            raise Conflict(expected_seq, last.seq, _since(child.id, expected_seq))
        rows, closed = _rows(child, events, fields, last, by, at)
        stored = [Stored(row["id"], row["seq"], row["type"], row["hash"]) for row in rows]
        _write(rows, closed, idempotency_key, request, stored, flushed_later=flushed_later)
        if shapes_the_card:
            project.refresh_card(child)
    return Appended(stored, repeated=False)


def _in_a_transaction(*, undone_whole: bool) -> AbstractContextManager[None]:
    """The caller's transaction where there is one; what is written in several steps gets a savepoint of its own."""
    return transaction.atomic() if undone_whole or not connection.in_atomic_block else nullcontext()


@dataclass(frozen=True, slots=True)
class _Head:
    key: bytes
    seq: int
    hash: str
    request: str | None
    result: Any


def head_questions(child: UUID, idempotency_key: str | None) -> list[Question]:
    """Take the child's lock, and then read the head of the chain.

    A statement of its own after the lock sees what the one who held the lock committed.
    """
    return [(wire.LOCK, [wire.lock_number(child)]), (wire.HEAD, [idempotency_key, child])]


def _head(child: UUID, answers: Sequence[Sequence[Any]]) -> _Head:
    _, rows = answers
    if not rows:
        raise Refused("There is no such child.")
    wrapped, seq, hash_, request, result = rows[0]
    if wrapped is None:
        raise Erased("The record of this child was erased.")
    return _Head(personal.key_of(child, bytes(wrapped)), seq or 0, hash_ or "", request, result and json.loads(result))


def _rows(
    child: Child,
    events: Sequence[NewEvent],
    fields: list[dict[str, Any]],
    head: _Head,
    by: Actor,
    at: datetime,
) -> tuple[list[dict[str, Any]], list[tuple[UUID, UUID, bytes, bytes]]]:
    rows: list[dict[str, Any]] = []
    closed: list[tuple[UUID, UUID, bytes, bytes]] = []
    mac_key = encryption.derive("event")
    seq, last = head.seq, head.hash
    for event, given in zip(events, fields, strict=True):
        id_ = event.id or new_id()
        open_, hidden = personal.split(event.type, given)
        digest = ""
        if hidden:
            nonce, ciphertext = personal.close(head.key, id_, hidden)
            closed.append((id_, child.id, nonce, ciphertext))
            digest = personal_digest(nonce, ciphertext)
        seq += 1
        row = {
            "id": id_,
            "child": child.id,
            "episode": _episode_of(child, event),
            "seq": seq,
            "type": event.type,
            "version": VERSION,
            "occurred_at": event.occurred_at,
            "recorded_at": at,
            "by_person": by.person_id,
            "by_role": event.by_role or by.role,
            "agency": event.agency or by.agency,
            "on_behalf_of": by.on_behalf_of,
            "source_kind": by.source_kind,
            "source_ref": by.source_ref,
            "payload": open_,
            "personal_digest": digest,
            "prev_hash": last,
        }
        row["hash"] = last = hash_of(row)
        row["mac"] = mac_of(mac_key, last)
        rows.append(row)
    return rows, closed


def _episode_of(child: Child, event: NewEvent) -> UUID | None:
    if event.episode is None:
        return None
    if event.episode.child_id != child.id:
        raise Refused("The episode is not this child's.")
    return event.episode.id


def _write(
    rows: list[dict[str, Any]],
    closed: list[tuple[UUID, UUID, bytes, bytes]],
    key: str | None,
    request: str,
    stored: list[Stored],
    *,
    flushed_later: bool,
) -> None:
    # what is refused in a transaction of the append's own is undone with all of it; in a caller's, alone
    statements: list[Question] = [(wire.FLUSHED_LATER, []) if flushed_later else (wire.SAVE, [])]
    for row in rows:
        values = [canonical(value).decode() if name == "payload" else value for name, value in row.items()]
        statements.append((wire.INSERT_EVENT, values))
    statements += [(wire.INSERT_PERSONAL, payload) for payload in closed]
    if key:
        ids = json.dumps([[str(event.id), event.seq, event.type, event.hash] for event in stored])
        statements.append((wire.INSERT_ANSWER, [new_id(), rows[0]["child"], key, request, ids]))
    try:
        sql.together(*statements if flushed_later else (*statements, (wire.KEEP, [])))
    except IntegrityError as problem:
        if not isinstance(problem.__cause__, psycopg.errors.UniqueViolation):
            raise
        if not flushed_later:
            sql.together((wire.UNDO, []))
        raise KeyReused("An event with this id is already in the record.") from problem


def _same_answer(head: _Head, request: str) -> Appended:
    if not hmac.compare_digest(head.request or "", request):
        raise KeyReused("This idempotency key was used for something else.")
    return Appended([Stored(UUID(id_), seq, type_, hash_) for id_, seq, type_, hash_ in head.result], repeated=True)


def _request_mac(events: Sequence[NewEvent], fields: list[dict[str, Any]]) -> str:
    said = [
        [event.type, instant(event.occurred_at), str(event.episode.id) if event.episode else None, given]
        for event, given in zip(events, fields, strict=True)
    ]
    return hmac.new(encryption.derive("request"), canonical(said), hashlib.sha256).hexdigest()


def _since(child: UUID, seq: int) -> list[Change]:
    cursor = wire.cursor()
    cursor.execute(wire.SINCE, [child, seq])
    return [Change(row[0], row[1], REGISTRY[row[1]].says, *row[2:]) for row in cursor.fetchall()]


def _new_ref() -> str:
    return "".join(secrets.choice(REF_LETTERS) for _ in range(REF_LENGTH))
