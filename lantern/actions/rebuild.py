"""Every projection made again from the record: cards, episodes, duties."""

import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lantern.access import context
from lantern.actions.judge import judge_all
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
    """Look at every child again; what is right already is not written. Safe at any time, beside a running service.

    Nobody is told of levels that duties had reached by then: the worker's next round tells them.
    """
    done = Rebuilt()
    with context.system("rebuild"):
        project.rebuild()
        children = _every_child()
    _look_at(children, done, at)
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
        _look_at(_every_child(), done, at)
        tend(at)
        after = _fingerprints()
        transaction.savepoint_rollback(mark)
    done.differing = [table for table in _PROJECTIONS if before[table] != after[table]]
    return done


def _every_child() -> list[UUID]:
    return list(Child.objects.order_by("pk").values_list("pk", flat=True))


def _look_at(children: Sequence[UUID], done: Rebuilt, at: datetime) -> None:
    for start in range(0, len(children), BATCH):
        with _no_search_for_cycles():
            for judged in judge_all(children[start : start + BATCH], at=at, every=True):
                done.children += 1
                done.changed += not judged.repeated
                done.failed += judged.problem is not None


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Looks leave few cycles behind, and to search for them again and again takes a sixth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


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
