"""One event: append, evaluate the whole log, store what changed, plan who is told; two commits, as in use.

Beside it, child by child in the same run: the same event the usual Django way, and a commit of one row.
"""

import multiprocessing
import time
from collections.abc import Sequence
from multiprocessing.synchronize import Barrier

from bench.engine_bulk import check_same
from bench.timing import Measure, Samples
from bench.workload import NOW, Line
from bench.world import Known, duties_as_text, new_event

WRITERS = 4
EACH = 60  # events of one writer, of which the first are not counted
WARM_UP = 10
READY_WITHIN = 60  # seconds; else a writer has failed
DJANGO = "the Django way"


def measure(county: Sequence[Known]) -> list[Measure]:
    """The next event of every child by the twelve rules. Raises AnswersDiffer where the stored duties do."""
    from django.db import connections

    from bench import django_way

    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE bench_floor (n integer)")
    ours, theirs, floor = Samples(), Samples(), Samples()
    for known in county:
        line = known.to_come.pop(0)
        _record(known, line, ours)
        theirs.run(lambda known=known, line=line: django_way.append(known.beside, line))
        floor.run(_one_row)
        check_same(duties_as_text(known), django_way.stored(known.beside), str(known.child.ref))
    return [
        floor.measure("a commit of one row"),
        theirs.measure(f"one event {DJANGO}, 12 rules"),
        ours.measure("one event, 12 rules", ratio=ours.over(theirs), against=DJANGO, answers="5 p50"),
        Measure("its slowest twentieth", "ms", ours.p95 * 1000, None, 1, ours.p95 / theirs.p95, DJANGO, "5 p95"),
    ]


def by_protocol(county: Sequence[Known], name: str) -> list[Measure]:
    """The event after that, by a real protocol."""
    ours = Samples()
    for known in county:
        if known.to_come:
            _record(known, known.to_come.pop(0), ours)
    return [ours.measure(f"one event, {name}")]


def writers(county: Sequence[Known]) -> list[Measure]:
    """Several writers at once, each with its own children."""
    from django.db import connections

    shares = [[known for known in county[number::WRITERS] if known.to_come][:EACH] for number in range(WRITERS)]
    connections.close_all()
    apart = multiprocessing.get_context("fork")
    ready = apart.Barrier(WRITERS + 1)
    started = [apart.Process(target=_write, args=(share, ready)) for share in shares]
    for each in started:
        each.start()
    ready.wait(READY_WITHIN)
    began = time.perf_counter()
    for each in started:
        each.join()
    seconds = time.perf_counter() - began
    if any(each.exitcode for each in started):
        raise RuntimeError("a writer failed")
    return [
        Measure(
            f"{WRITERS} writers", "events/s", sum(len(share) - WARM_UP for share in shares) / seconds, answers="5 w"
        )
    ]


def _write(share: Sequence[Known], ready: Barrier) -> None:
    for number, known in enumerate(share):
        if number == WARM_UP:
            ready.wait(READY_WITHIN)
        _record(known, known.to_come[0], Samples())


def _record(known: Known, line: Line, taken: Samples) -> None:
    from lantern.access import context
    from lantern.actions.record_event import record_event
    from lantern.record.actor import Actor

    by = Actor(None, "front_door", "kingston", source_kind="command", source_ref="bench")
    with context.system("bench"):
        event = new_event(known, line)
    taken.run(
        lambda: record_event(known.child, event.episode, event.type, event.occurred_at, event.fields, by=by, at=NOW)
    )


def _one_row() -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_floor VALUES (1)")
