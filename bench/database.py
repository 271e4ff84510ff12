"""What needs a database: one event, a rebuild, the tick, pages, pages over HTTP; on one scratch server."""

from bench import one_event, pages, rebuild, served, sweep, world
from bench.timing import Measure

CHILDREN = 300
PROTOCOL = "dfe-2014"


def measure(episodes: int) -> list[Measure]:
    """All of it; the county has at most a third as many children as there are episodes.

    By the twelve rules first, which can be held against the same by hand; then by a real protocol.
    """
    with world.scratch():
        with world.twelve_rules():
            county, worker = world.county(min(CHILDREN, max(10, episodes // 3)))
            measures = [*one_event.measure(county), *rebuild.measure(county)]
            measures += one_event.writers([known for known in county if len(known.to_come) > 1])
        measures += rebuild.by_protocol(county, PROTOCOL)
        measures += one_event.by_protocol(county, PROTOCOL)
        measures += [*pages.measure(county, worker), *sweep.measure()]
        return [*measures, *served.measure(county, worker)]
