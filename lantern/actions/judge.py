"""The last commit of every action: evaluate → differ → plan alerts, all or nothing.

It stands alone, so that what happened to a child is never undone because a rule failed; what it misses, the worker
makes good.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import TupleRow

from lantern.access import context
from lantern.alerts import plan
from lantern.duties import differ
from lantern.duties.attention import first_look
from lantern.duties.differ import DutyChange
from lantern.duties.owners import case_of
from lantern.evaluations import store
from lantern.evaluations.judgement import Judgement
from lantern.evaluations.run import evaluate_child
from lantern.plumbing import doorbell, logs, sql
from lantern.plumbing.round_trip import Conversation, Question
from lantern.record.models import Child

AT_ONCE = 20  # children whose rows are sent on together: the database writes them while we judge the next
# what is asked and written here differs in its values alone: to plan it anew would take longer than to do it
_PLANNED_ONCE: Question = ("SET LOCAL plan_cache_mode = force_generic_plan", [])
# while we judge the next, instead of all of it while we wait for the commit
_CHECKED_AT_ONCE: Question = ("SET CONSTRAINTS ALL IMMEDIATE", [])
log = logs.get("actions")


def judge(child: Child, *, at: datetime, every: bool = False) -> Judgement:
    """Look at the child as of `at`; bring duties in line; plan who is told. One transaction.

    every: compare every duty whole (see `differ.apply`).
    """
    return judge_all([child.id], at=at, every=every)[0]


def judge_all(children: Sequence[UUID], *, at: datetime, every: bool = False) -> list[Judgement]:
    """The same for several children; one of whom a rule fails leaves the others alone."""
    shares = [children[start : start + AT_ONCE] for start in range(0, len(children), AT_ONCE)]
    judged: list[Judgement] = []
    changes: list[DutyChange] = []
    with context.system("judge", _PLANNED_ONCE, _CHECKED_AT_ONCE, *_asked(shares[0], at)) as first:
        answers = first[2:]
        with sql.ahead() as talking:
            for share, after in zip(shares, [*shares[1:], None], strict=True):
                awaited = talking.send(_asked(after, at)) if after else None
                found = _judge_share(share, _complete(share, answers, talking, at), at, every=every)
                judged += found.judged
                changes += found.changes
                ring = [doorbell.RING] if after is None and _somebody_waits(changes, at) else []
                talking.send([*found.statements, *ring])
                answers = talking.hear(awaited) if awaited else []
        for each in judged:
            if each.problem is not None:
                _tell_of_failure(each, at)
        if plan.plan(changes, at):
            doorbell.ring()
    return judged


@dataclass(frozen=True, slots=True)
class _Share:
    """What came of some of the children, and what is to be written of them."""

    judged: list[Judgement]
    changes: list[DutyChange]
    statements: list[Question]


def _judge_share(children: Sequence[UUID], answers: list[list[TupleRow]], at: datetime, *, every: bool) -> _Share:
    read, table, kept = store.read(children, answers[:3]), differ.Table(answers[3:]), store.Kept(at)
    judged: list[Judgement] = []
    changes: list[DutyChange] = []
    for child_id in children:
        judged.append(evaluate_child(child_id, read, kept, at=at))
        changes += differ.apply(judged[-1], table, every=every)
    return _Share(judged, changes, [*kept.statements(), *table.statements()])


def _asked(children: Sequence[UUID], at: datetime) -> list[Question]:
    """What is known of the children, and their duties as they stand; nobody else judges them meanwhile."""
    return [*store.questions(children, at), *differ.questions(children, at)]


def _complete(
    children: Sequence[UUID], answers: list[list[TupleRow]], talking: Conversation, at: datetime
) -> list[list[TupleRow]]:
    """The answers to `_asked`, asked again where somebody had no standing yet that could be locked."""
    if len(answers[0]) == len(children):
        return answers
    return talking.hear(talking.send([store.new_standings(children), *_asked(children, at)]))[1:]


def _somebody_waits(changes: Sequence[DutyChange], at: datetime) -> bool:
    """Whether a duty arose or moved so late that a level was reached already."""
    looks = (first_look(change.duty) for change in changes if change.duty)
    return any(look < at for look in looks if look)


def judge_what_was_recorded(child: Child, *, at: datetime) -> Judgement | None:
    """The same, after an append that stands whatever happens here: None when the database failed us.

    The worker finds the log ahead of its evaluation and looks again.
    """
    try:
        return judge(child, at=at)
    except sql.REFUSED as problem:
        log.error("judge.left_to_the_worker", problem=problem, child=child.id)
        return None


def _tell_of_failure(judged: Judgement, at: datetime) -> None:
    log.error("evaluation.failed", child=judged.child_id, code=(judged.problem or {}).get("code", ""))
    if judged.first_failure:
        agency = case_of(judged.child_id, [], at).agency_for("front_door", "")
        plan.plan_failure(judged, agency, at)
        doorbell.ring()
