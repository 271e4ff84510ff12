"""Statements of the record, sent as they are: few round trips, values bound by the server.

Django opens the connection, the transaction and the row-level context; only the cursor is psycopg's own, because
Django's cannot send several statements in one round trip.
"""

import hashlib
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection
from psycopg.rows import TupleRow

Cursor = psycopg.Cursor[TupleRow]

# the commit does not wait for the disk: whoever asks for it commits something else before they answer
FLUSHED_LATER = "SET LOCAL synchronous_commit = off"

LOCK = "SELECT pg_advisory_xact_lock(%s)"

HEAD = """
SELECT k.wrapped_key, h.seq, h.hash, i.request_mac, i.result
  FROM record_child c
  JOIN record_childkey k ON k.child_id = c.id
  LEFT JOIN LATERAL (SELECT e.seq, e.hash FROM record_loggedevent e WHERE e.child_id = c.id
                      ORDER BY e.seq DESC LIMIT 1) h ON true
  LEFT JOIN record_idempotency i ON i.child_id = c.id AND i.key = %s
 WHERE c.id = %s"""

INSERT_EVENT = """
INSERT INTO record_loggedevent (id, child_id, episode_id, seq, type, version, occurred_at, recorded_at, by_person,
  by_role, agency, on_behalf_of, source_kind, source_ref, payload, personal_digest, prev_hash, hash, mac)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""

INSERT_PERSONAL = "INSERT INTO record_personalpayload (event_id, child_id, nonce, ciphertext) VALUES (%s, %s, %s, %s)"

# a savepoint that travels with the statements it guards
SAVE, KEEP, UNDO = "SAVEPOINT written", "RELEASE SAVEPOINT written", "ROLLBACK TO SAVEPOINT written"

INSERT_ANSWER = "INSERT INTO record_idempotency (id, child_id, key, request_mac, result) VALUES (%s, %s, %s, %s, %s)"

EVENTS = """
SELECT e.id, e.child_id, e.episode_id, e.seq, e.type, e.version, e.occurred_at, e.recorded_at, e.by_person, e.by_role,
       e.agency, e.on_behalf_of, e.source_kind, e.source_ref, e.payload, e.personal_digest, e.prev_hash, e.hash, e.mac,
       p.nonce, p.ciphertext, k.wrapped_key,
       CASE WHEN e.type = 'category_set' THEN (SELECT a.kind FROM access_agency a WHERE a.code = e.agency) END
  FROM record_loggedevent e
  LEFT JOIN record_personalpayload p ON p.event_id = e.id
  LEFT JOIN record_childkey k ON k.child_id = e.child_id"""
# what a reader needs, and no more: a long log is read at every event
LINES = """
SELECT e.id::text, e.child_id::text, e.episode_id::text, e.seq, e.type, e.occurred_at, e.recorded_at, e.by_person,
       e.by_role, e.agency,
       CASE WHEN e.type = 'category_set' THEN (SELECT a.kind FROM access_agency a WHERE a.code = e.agency) END,
       e.source_kind, e.payload, e.personal_digest <> '', p.nonce, p.ciphertext, k.wrapped_key
  FROM record_loggedevent e
  LEFT JOIN record_personalpayload p ON p.event_id = e.id
  LEFT JOIN record_childkey k ON k.child_id = e.child_id
 WHERE """
# a look at a child reads the whole log each time: moments as the engine has them
HISTORY = """
SELECT e.child_id::text, e.type, e.id::text, e.episode_id::text,
       (extract(epoch FROM e.occurred_at) * 1000000)::bigint, (extract(epoch FROM e.recorded_at) * 1000000)::bigint,
       e.by_role,
       CASE WHEN e.type = 'category_set' THEN (SELECT a.kind FROM access_agency a WHERE a.code = e.agency) END,
       e.agency,
       CASE WHEN e.personal_digest <> ''
            THEN (SELECT k.wrapped_key FROM record_childkey k WHERE k.child_id = e.child_id) END,
       CASE WHEN e.personal_digest <> ''
            THEN (SELECT p.nonce || p.ciphertext FROM record_personalpayload p WHERE p.event_id = e.id) END,
       e.payload::text
  FROM record_loggedevent e WHERE """
# only the conditions that are asked for: with all of them in one statement the server would plan it anew each time
OF_ONE, OF_SOME = "e.child_id = %(child)s", "e.child_id = ANY(%(children)s)"
KNOWN, TYPES = " AND e.recorded_at <= %(known_at)s", " AND e.type = ANY(%(types)s)"
IN_ORDER = " ORDER BY e.child_id, e.seq"
EVENT_COLUMNS = (
    "id", "child", "episode", "seq", "type", "version", "occurred_at", "recorded_at", "by_person", "by_role",
    "agency", "on_behalf_of", "source_kind", "source_ref", "payload", "personal_digest", "prev_hash", "hash", "mac",
    "nonce", "ciphertext", "wrapped_key", "agency_kind",
)  # fmt: skip


SINCE = """
SELECT seq, type, by_person, by_role, agency, recorded_at FROM record_loggedevent
 WHERE child_id = %s AND seq > %s ORDER BY seq"""


def connection_in_use() -> Any:
    """Psycopg's connection under Django's."""
    connection.ensure_connection()
    return connection.connection


def cursor() -> Cursor:
    """A cursor that binds on the server and works in a pipeline."""
    return psycopg.Cursor(connection_in_use())


def reading_in_batches(name: str, rows: int) -> "psycopg.ServerCursor[TupleRow]":
    """A cursor for more rows than fit in memory; needs a transaction."""
    found: psycopg.ServerCursor[TupleRow] = psycopg.ServerCursor(connection_in_use(), name)
    found.itersize = rows
    return found


def lock_number(child: UUID) -> int:
    """The number of the child's advisory lock: from the id's random end."""
    return int.from_bytes(hashlib.sha256(child.bytes).digest()[:8], signed=True)
