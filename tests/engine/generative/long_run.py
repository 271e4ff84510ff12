"""`python -m tests.engine.generative.long_run 100000`: that many random histories, evaluator against oracle, all cores.

Not part of the suite: half an hour and more.  Each batch has its own seed, so that what it finds can be found again;
the seeds start anew with each run unless the first is given.  Ends with status 1 where the two disagree.
"""

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.engine.generative import made_logs, made_packs
from tests.engine.generative.compare import disagreements_around, read

PACKS_A_BATCH, HISTORIES_A_PACK = 25, 8
A_BATCH = PACKS_A_BATCH * HISTORIES_A_PACK


def batch(number: int) -> tuple[int, int, list[str]]:
    """The seed, how many histories were held against each other, and where they differ."""
    held, found = 0, []

    @seed(number)
    @settings(
        max_examples=PACKS_A_BATCH, database=None, deadline=None, phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.data(), made_packs.packs())
    def compare(data: Any, content: dict[str, Any]) -> None:
        nonlocal held
        pack = read(content)
        for _ in range(HISTORIES_A_PACK):
            lines = data.draw(made_logs.lines())
            as_of = data.draw(made_logs.moments(lines))
            known_at = data.draw(st.one_of(st.none(), made_logs.moments(lines)))
            differ = disagreements_around(pack, lines, as_of, known_at)
            held += 1
            if differ:
                found.append(f"as of {as_of}, known at {known_at}: {differ[:2]}\n  {content}\n  {lines}")

    compare()
    return number, held, found


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(wanted: int, first: int) -> int:
    """Says how far it is about once a minute. Gives the exit status."""
    started = said = time.monotonic()
    held, wrong = 0, 0
    with ProcessPoolExecutor() as pool:
        for number, some, found in pool.map(batch, range(first, first + -(-wanted // A_BATCH))):
            held, wrong = held + some, wrong + len(found)
            for difference in found:
                say(f"seed {number}: {difference}")
            if time.monotonic() - said > 60:
                said = time.monotonic()
                say(f"{held} histories in {said - started:.0f} s, {wrong} disagreements")
    say(f"{held} histories in {time.monotonic() - started:.0f} s, {wrong} disagreements, seeds from {first}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())))
