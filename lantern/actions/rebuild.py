"""Every projection made again from the record: cards, episodes, duties."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from lantern.access import context
from lantern.actions.judge import judge
from lantern.actions.tend import tend
from lantern.evaluations import queries
from lantern.plumbing import sql
from lantern.record import project
from lantern.record.models import Child

BATCH = 100  # children of one transaction: few commits, and nobody waits long for a child
# what differs between two makings of the same thing: when somebody last looked
_PROJECTIONS = {
    "record_childcard": "SELECT * FROM record_childcard ORDER BY child_id",
    "evaluations_episodenow": "SELECT * FROM evaluations_episodenow ORDER BY episode_id",
    "duties_duty": "SELECT * FROM duties_duty ORDER BY id",
}


@dataclass
class Rebuilt:
    """What a rebuild found. changed: children of whom something was not as the record has it; differing: tables."""

    children: int = 0
    changed: int = 0
    failed: int = 0
    differing: list[str] = field(default_factory=list)


def rebuild(*, at: datetime) -> Rebuilt:
    """Look at every child again; what is right already is not written. Safe at any time, beside a running service."""
    done = Rebuilt()
    with context.system("rebuild"):
        project.rebuild()
        children = list(Child.objects.order_by("pk"))
    for start in range(0, len(children), BATCH):
        with context.system("rebuild"):
            _look_at(children[start : start + BATCH], done, at)
    tend(at)
    return done


def compare(*, at: datetime) -> Rebuilt:
    """Throw the projections away, make them again, compare every byte, and put everything back as it was."""
    done = Rebuilt()
    with context.system("rebuild"):
        mark = transaction.savepoint()
        tend(at)
        before = _fingerprints()
        _throw_away()
        project.rebuild()
        _look_at(list(Child.objects.order_by("pk")), done, at)
        tend(at)
        after = _fingerprints()
        transaction.savepoint_rollback(mark)
    done.differing = [table for table in _PROJECTIONS if before[table] != after[table]]
    return done


def _look_at(children: list[Child], done: Rebuilt, at: datetime) -> None:
    for child in children:
        judged = judge(child, at=at, every=True)
        done.children += 1
        done.changed += not judged.repeated
        done.failed += judged.problem is not None


def _throw_away() -> None:
    queries.forget_standings()
    with sql.cursor() as cursor:
        cursor.execute("DELETE FROM duties_duty")
        cursor.execute("DELETE FROM evaluations_episodenow")


def _fingerprints() -> dict[str, str]:
    """Table: hash of its rows as text."""
    found = {}
    with sql.cursor() as cursor:
        for table, rows in _PROJECTIONS.items():
            cursor.execute(f"SELECT held::text FROM ({rows}) held")  # noqa: S608  constants
            found[table] = hashlib.sha256("\n".join(row for (row,) in cursor.fetchall()).encode()).hexdigest()
    return found
