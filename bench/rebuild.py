"""Every duty made again from the log; and once more, when nothing has changed."""

from collections.abc import Sequence

from bench.engine_bulk import check_same
from bench.timing import Measure, Samples
from bench.workload import NOW
from bench.world import Known, duties_as_text, forget_duties, rows_written

ROUNDS = 3
DJANGO = "the Django way"


def measure(county: Sequence[Known]) -> list[Measure]:
    """By the twelve rules, in interleaved rounds. Raises AnswersDiffer where the stored duties do."""
    from bench import django_way
    from lantern.actions.rebuild import rebuild

    ours, theirs, same = Samples(), Samples(), Samples()
    for _ in range(ROUNDS):
        theirs.run(django_way.rebuild)
        forget_duties()
        ours.run(lambda: rebuild(at=NOW))
    rebuild(at=NOW)  # tells of what came due; then there is nothing left to do
    before = rows_written()
    same.run(lambda: rebuild(at=NOW))
    written = rows_written() - before
    for known in county:
        check_same(duties_as_text(known), django_way.stored(known.beside), str(known.child.ref))
    name = f"all duties of {len(county)} children"
    return [
        theirs.measure(f"{name}, {DJANGO}"),
        ours.measure(f"{name} rebuilt", ratio=ours.over(theirs), against=DJANGO, answers="7"),
        same.measure(f"{name} rebuilt, unchanged"),
        Measure("rows written by that", "rows", written, answers="7 same"),
    ]


def by_protocol(county: Sequence[Known], name: str) -> list[Measure]:
    """By a real protocol, after another."""
    from lantern.actions.rebuild import rebuild

    ours = Samples()
    ours.run(lambda: rebuild(at=NOW))
    return [ours.measure(f"all duties of {len(county)} children rebuilt, {name}")]
