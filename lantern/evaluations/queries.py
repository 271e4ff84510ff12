"""Questions about where evaluations stand. The worker's need a system context."""

from datetime import datetime
from uuid import UUID

from lantern.evaluations import store
from lantern.plumbing import sql

# a child whose evaluation failed waits for its next look, however far its log has run ahead
_BEHIND = """
SELECT child.id, coalesce(head.recorded_at, child.created_at) FROM record_child child
CROSS JOIN LATERAL (
    SELECT seq, recorded_at FROM record_loggedevent WHERE child_id = child.id ORDER BY seq DESC LIMIT 1
) head
LEFT JOIN evaluations_standing standing ON standing.child_id = child.id
WHERE head.seq > coalesce(standing.log_seq, 0)
  AND (standing.failed_since IS NULL OR standing.next_look_at < %s)
ORDER BY 2 LIMIT %s
"""
_DUE = """
SELECT child_id, next_look_at FROM evaluations_standing WHERE next_look_at < %s ORDER BY next_look_at LIMIT %s
"""
# only children who are away; others are looked at when something next happens to them
_WAKE = """
UPDATE evaluations_standing standing SET next_look_at = turn.at
FROM evaluations_episodenow now
JOIN record_childcard card ON card.child_id = now.child_id
JOIN evaluations_adoption adoption ON adoption.authority IN (card.responsible_authority, card.host_authority)
CROSS JOIN LATERAL (VALUES (adoption.since), (adoption.until)) turn(at)
WHERE now.state <> 'closed' AND standing.child_id = now.child_id AND standing.failed_since IS NULL
  AND standing.as_of < turn.at AND turn.at < %s AND (standing.next_look_at IS NULL OR standing.next_look_at > turn.at)
"""
_CLAIM = """
SELECT 1 FROM evaluations_standing standing WHERE child_id = %(child)s AND (
    next_look_at < %(at)s OR (failed_since IS NULL AND log_seq < (
        SELECT seq FROM record_loggedevent WHERE child_id = %(child)s ORDER BY seq DESC LIMIT 1
    ))
) FOR UPDATE SKIP LOCKED
"""


def behind(at: datetime, limit: int) -> list[tuple[UUID, datetime]]:
    """Children whose log has run ahead of their evaluation, and since when; the longest behind first."""
    return _pairs(_BEHIND, at, limit)


def due_for_a_look(at: datetime, limit: int) -> list[tuple[UUID, datetime]]:
    """Children of whom something changes without a new event, and since when; the longest waiting first."""
    return _pairs(_DUE, at, limit)


def wake_for_adoptions(at: datetime) -> None:
    """Let children who are away be looked at whose authority's pack changed by the clock since their last look."""
    sql.together((_WAKE, [at]))


def claim(child_id: UUID, at: datetime) -> bool:
    """Take a child who still needs a look until the transaction ends; False when another worker has or had them."""
    _, claimed = sql.together(store.new_standings([child_id]), (_CLAIM, {"child": child_id, "at": at}))
    return bool(claimed)


def forget_standings() -> None:
    """Let every child be looked at as if for the first time; evaluations stay."""
    sql.together(("UPDATE evaluations_standing SET fingerprint = '', log_seq = 0", []))


def _pairs(statement: str, at: datetime, limit: int) -> list[tuple[UUID, datetime]]:
    (rows,) = sql.together((statement, [at, limit]))
    return [(child, since) for child, since in rows]
