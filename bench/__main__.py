"""`python -m bench`: measure, print a table, keep a line of history."""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime

from bench import database, engine_bulk, machine, memory, missing_table, race, table
from bench.timing import Measure

PARTS: dict[str, Callable[[int], list[Measure]]] = {
    "engine": engine_bulk.measure,
    "vectorised": race.measure,
    "memory": memory.measure,
    "ssda903": missing_table.measure,
    "database": database.measure,
}


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="lantern bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"which of {', '.join(PARTS)}; default: all")
    parser.add_argument("--episodes", type=int, default=3000, help="size of the workload (default 3000)")
    parser.add_argument("--no-history", action="store_true", help="print only")
    asked = parser.parse_args()
    unknown = sorted(set(asked.parts) - set(PARTS))
    if unknown:
        parser.error(f"there is no part {unknown[0]}; there are {', '.join(PARTS)}")
    facts = machine.facts()
    measures = [one for name in asked.parts or PARTS for one in PARTS[name](asked.episodes)]
    print(table.text(facts, measures))
    if not asked.no_history:
        at = datetime.now(UTC)
        print(f"\nkept in {table.keep(at, facts, measures)}")
        if not asked.parts:
            table.show(at, facts, measures)


if __name__ == "__main__":
    main()
