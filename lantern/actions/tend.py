"""What the worker does in a round, by the clock: look at children and duties whose time has come.

Each child is a transaction of its own, claimed so that several workers share the work. A child for whom something goes
wrong is pushed forward and reported, and holds nobody up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lantern.access import context
from lantern.actions.judge import judge
from lantern.alerts import plan
from lantern.duties import looking
from lantern.duties.queries import find_due
from lantern.evaluations import queries, store
from lantern.plumbing import logs, sql
from lantern.record.models import Child

AT_ONCE = 200  # children of one question; the caller asks again while it gets that many
log = logs.get("worker")


@dataclass
class Tended:
    """What a round did. late_seconds: how long the look that waited longest had waited.

    more: there is more to do, and this pass got on with it; what other workers hold is theirs to do.
    """

    healed: int = 0
    looked: int = 0
    told: int = 0
    failed: int = 0
    raised: int = 0
    late_seconds: float = 0.0
    more: bool = False

    def add(self, other: "Tended") -> None:
        """Add what a further pass of the same round did."""
        self.healed += other.healed
        self.looked += other.looked
        self.told += other.told
        self.failed += other.failed
        self.raised += other.raised
        self.late_seconds = max(self.late_seconds, other.late_seconds)
        self.more = other.more

    def waited(self, since: datetime, at: datetime) -> None:
        """Note how long something had waited."""
        self.late_seconds = max(self.late_seconds, (at - since).total_seconds())


def tend(at: datetime) -> Tended:
    """Heal logs that ran ahead of their evaluation; look again where time changes something; raise levels of duties."""
    tended = Tended()
    with context.system("worker"):
        queries.wake_for_adoptions(at)
        behind = queries.behind(at, AT_ONCE)
        due = queries.due_for_a_look(at, AT_ONCE)
    for child_id, _ in behind:
        tended.healed += _look(child_id, at, tended)
    for child_id, since in due:
        if _look(child_id, at, tended):
            tended.looked += 1
            tended.waited(since, at)
    with context.system("worker"):
        children = find_due(at, AT_ONCE)
    _raise_levels(children, at, tended)
    got_on = tended.healed + tended.looked + tended.raised + tended.failed > 0
    tended.more = got_on and max(len(behind), len(due), len(children)) >= AT_ONCE
    return tended


def _look(child_id: UUID, at: datetime, tended: Tended) -> bool:
    """Look at one child, if nobody else does; whether it was done. Alerts of the last good duties go on meanwhile."""

    def work() -> bool:
        if not queries.claim(child_id, at):
            return False
        judge(Child.objects.get(pk=child_id), at=at)
        return True

    done, problem = _guarded(work)
    if problem:
        _report(child_id, problem, tended)
        with context.system("worker"):
            store.push_forward([child_id], at)
    return done


def _raise_levels(children: Sequence[UUID], at: datetime, tended: Tended) -> None:
    """Plan the messages of duties that reached a level: all children at once, one by one if that fails."""

    def together(some: Sequence[UUID]) -> Callable[[], bool]:
        def work() -> bool:
            duties = looking.take(some, at)
            if duties:
                tended.told += plan.plan_looks(looking.reached(duties, at), at)
                looking.looked(duties, at)
                tended.raised += len(duties)
                tended.waited(min(duty.next_look_at for duty in duties), at)
            return True

        return work

    if not children or _guarded(together(children))[0]:
        return
    for child_id in children:
        _, problem = _guarded(together([child_id]))
        if problem:
            _report(child_id, problem, tended)
            with context.system("worker"):
                looking.postpone([child_id], at)


def _report(child_id: UUID, problem: Exception, tended: Tended) -> None:
    tended.failed += 1
    log.error("child.pushed_forward", problem=problem, child=child_id)


def _guarded(work: Callable[[], bool]) -> tuple[bool, Exception | None]:
    """Do work in one transaction: what it gave, or what went wrong."""
    try:
        with context.system("worker"):
            return work(), None
    except sql.AWAY:
        raise  # the database is away, or asks us to try again: the whole round is tried again
    except Exception as problem:  # noqa: BLE001  one bad child must not keep alerts from the others
        return False, problem
