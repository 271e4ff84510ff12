"""What needs a database: one event, the tick, pages; on one scratch server."""

from bench import one_event, pages, sweep, world
from bench.timing import Measure

CHILDREN = 300


def measure(episodes: int) -> list[Measure]:
    """All of it; the county has at most a third as many children as there are episodes."""
    with world.scratch():
        county, worker = world.county(min(CHILDREN, max(10, episodes // 3)))
        return [*one_event.measure(county), *pages.measure(county, worker), *sweep.measure()]
