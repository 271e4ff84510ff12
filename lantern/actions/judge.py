"""The last commit of every action: evaluate → differ → plan alerts, all or nothing.

It stands alone, so that what happened to a child is never undone because a rule failed; what it misses, the worker
makes good.
"""

from collections.abc import Sequence
from datetime import datetime

from lantern.access import context
from lantern.alerts import plan
from lantern.duties import differ
from lantern.duties.attention import first_look
from lantern.duties.differ import DutyChange
from lantern.duties.owners import case_of
from lantern.evaluations.judgement import Judgement
from lantern.evaluations.run import evaluate_child
from lantern.plumbing import doorbell, logs, sql
from lantern.record.models import Child

log = logs.get("actions")


def judge(child: Child, *, at: datetime, every: bool = False) -> Judgement:
    """Look at the child as of `at`; bring duties in line; plan who is told. One transaction.

    every: compare every duty whole (see `differ.apply`).
    """
    with context.system("judge"):
        with sql.in_one_go():
            judged = evaluate_child(child, at=at)
            changes = differ.apply(judged, at, every=every)
        if judged.problem is not None:
            _tell_of_failure(judged, at)
            return judged
        if plan.plan(changes, at) or _somebody_waits(changes, at):
            doorbell.ring()
    return judged


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
