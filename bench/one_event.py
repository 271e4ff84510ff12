"""One event: append, evaluate the whole log, store what changed, plan who is told; two commits, as in use."""

from bench.timing import Measure, Samples
from bench.workload import NOW
from bench.world import Known, new_event


def measure(county: list[Known]) -> list[Measure]:
    """The next event of every child, beside a commit of one row on the same server."""
    from django.db import connections

    from lantern.access import context
    from lantern.actions.record_event import record_event
    from lantern.record.actor import Actor

    by = Actor(None, "front_door", "kingston", source_kind="command", source_ref="bench")
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE bench_floor (n integer)")
    ours, floor = Samples(), Samples()
    for known in county:
        with context.system("bench"):
            event = new_event(known, known.to_come[0])
        ours.run(
            lambda known=known, event=event: record_event(
                known.child, event.episode, event.type, event.occurred_at, event.fields, by=by, at=NOW
            )
        )
        floor.run(_one_row)
    against = "a commit of one row"
    return [
        floor.measure(against),
        ours.measure("one event recorded, judged, stored", ratio=ours.median / floor.median, against=against),
    ]


def _one_row() -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_floor VALUES (1)")
