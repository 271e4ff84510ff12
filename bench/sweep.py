"""The worker's tick over a large table of open duties, of which some have come due."""

from datetime import timedelta

from bench.timing import Measure, Samples
from bench.workload import NOW
from bench.world import rows_written

DUTIES, DUE, CHILDREN = 100_000, 5_000, 2_000
FIND_RUNS = 21
CHILD_ROWS = """
INSERT INTO record_child (id, ref, created_at)
SELECT gen_random_uuid(), 'sweep' || lpad(n::text, 7, '0'), %(now)s FROM generate_series(1, %(children)s) n"""
STANDING_ROWS = """
INSERT INTO evaluations_standing (child_id, log_seq, fingerprint, failures)
SELECT id, 0, ''::bytea, 0 FROM record_child WHERE ref LIKE 'sweep%%'"""
DUTY_ROWS = """
WITH pattern AS MATERIALIZED (SELECT whole FROM duties_duty whole LIMIT 1),
  child AS MATERIALIZED (SELECT id, row_number() OVER () AS place FROM record_child WHERE ref LIKE 'sweep%%')
INSERT INTO duties_duty
SELECT made.* FROM generate_series(1, %(duties)s) n
JOIN child ON child.place = 1 + n %% %(children)s
CROSS JOIN LATERAL (SELECT CASE WHEN n <= %(due)s THEN %(now)s - n * interval '1 second'
                                ELSE %(now)s + n * interval '1 minute' END AS at) due
CROSS JOIN pattern
CROSS JOIN LATERAL jsonb_populate_record(pattern.whole, jsonb_build_object(
  'id', gen_random_uuid(), 'child_id', child.id, 'episode_id', NULL, 'key', 'sweep ' || n, 'duty', 'return_interview',
  'owner_role', 'social_worker', 'owner_agency', 'kingston', 'strength', 'must', 'stage', 'open',
  'arose_at', due.at - interval '3 days', 'due_at', due.at, 'met_at', NULL, 'answered_at', NULL,
  'needs_answer', false, 'serious', false, 'next_look_at', due.at)) made"""


def measure() -> list[Measure]:
    """Finding the children with due duties, and the whole tick that tells people and marks all of them."""
    from django.db import connection

    from lantern.access import context
    from lantern.actions.tend import Tended, tend
    from lantern.duties.models import OPEN, Duty
    from lantern.duties.queries import find_due

    with context.system("bench"), connection.cursor() as cursor:
        numbers = {"now": NOW, "children": CHILDREN, "duties": DUTIES, "due": DUE}
        cursor.execute(CHILD_ROWS, numbers)
        cursor.execute(STANDING_ROWS, numbers)
        cursor.execute(DUTY_ROWS, numbers)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    found, ids, tick = Samples(), Samples(), Samples()
    before = rows_written()
    with context.system("bench"):
        for _ in range(FIND_RUNS):
            ids.run(lambda: list(Duty.objects.filter(next_look_at__lt=NOW).values_list("id", flat=True)))
            found.run(lambda: find_due(NOW, DUE))
        overdue = Duty.objects.filter(stage=OPEN, due_at__lt=NOW).count()
    written = rows_written() - before
    if overdue < DUE:
        raise RuntimeError(f"{overdue} duties are overdue, not {DUE}")
    total, at = Tended(more=True), NOW + timedelta(seconds=1)

    def whole_tick() -> None:
        while total.more:
            total.add(tend(at))

    tick.run(whole_tick)
    if total.told < DUE or total.failed:
        raise RuntimeError(f"the tick told of {total.told} of {DUE} duties, and failed for {total.failed}")
    return [
        ids.measure(f"ids of {DUE:,} due among {DUTIES:,} open, by index"),
        found.measure(
            "the children whose they are", ratio=found.over(ids), against="the ids by index", answers="6 find"
        ),
        Measure(f"rows written so that {DUE:,} are overdue", "rows", written, answers="6 mark"),
        tick.measure(f"tell of and mark all {DUE:,}"),
    ]
