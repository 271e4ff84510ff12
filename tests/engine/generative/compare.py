"""Holding the evaluator against the oracle."""

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings

from lantern import engine
from lantern.engine.oracle import Owed, owed
from tests.engine.small_packs import pack_of

PHASES = (Phase.explicit, Phase.generate, Phase.shrink)  # explaining a failure takes longer than finding it
TICK = timedelta(microseconds=1)
EXAMPLES = int(os.environ.get("LANTERN_EXAMPLES", "0"))


def examples(number: int) -> settings:
    """A small fixed run; LANTERN_EXAMPLES=100000 makes a long one with new examples."""
    calm = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(
        max_examples=EXAMPLES or number,
        derandomize=not EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=calm,
        phases=PHASES,
    )


def read(content: dict[str, Any]) -> engine.Pack:
    """A made-up pack through the real reader."""
    sides = {name: value for name, value in content.items() if name != "duties"}
    return pack_of(*content["duties"], **sides)


def rows(evaluation: engine.Evaluation) -> list[Owed]:
    """What the evaluator gave, in the oracle's shape."""
    found = [
        Owed(
            duty.duty, duty.variant, duty.owed_by, duty.child, duty.episode, duty.instance, duty.state,
            duty.arose_at, duty.due_at, duty.met_at,
        )
        for duty in evaluation.duties
    ]  # fmt: skip
    return sorted(found, key=repr)


def disagreements(
    pack: engine.Pack, lines: Sequence[dict[str, Any]], as_of: datetime, known_at: datetime | None
) -> list[str]:
    """Rows that only one of the two has."""
    log = engine.Log.of(lines)
    fast = rows(engine.evaluate([pack], log, as_of, known_at))
    slow = sorted(owed(pack, log, as_of, known_at), key=repr)
    given, wanted = set(fast), set(slow)  # there may be thousands of each
    only_fast = [f"evaluator only: {row}" for row in fast if row not in wanted]
    return only_fast + [f"oracle only:    {row}" for row in slow if row not in given]


def disagreements_around(
    pack: engine.Pack, lines: Sequence[dict[str, Any]], as_of: datetime, known_at: datetime | None
) -> list[str]:
    """At the moment, and at the limits that it gives: their last instant and the first one after."""
    found = disagreements(pack, lines, as_of, known_at)
    duties = engine.evaluate([pack], engine.Log.of(lines), as_of, known_at).duties
    limits = sorted(
        {duty.due_at for duty in duties if duty.due_at} | {duty.arose_at for duty in duties if duty.arose_at}
    )
    for limit in limits[-2:]:
        found += disagreements(pack, lines, limit, known_at) + disagreements(pack, lines, limit + TICK, known_at)
    return found
