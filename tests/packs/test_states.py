"""Every duty is shown open, met, on both sides of its limit, losing its reason, and waiting for what nobody knows."""

import json
from functools import cache
from pathlib import Path

import pytest

from tests.packs.moments import FOLDERS, key
from tests.packs.states import gaps

KNOWN = Path(__file__).parent / "state_gaps.json"


@cache
def lacking(folder: Path) -> list[str]:
    """`duty@owner: kind of state` for each that no scenario of the pack shows."""
    return sorted(f"{duty}: {kind}" for duty, kinds in gaps(folder).items() for kind in kinds)


def _known(folder: Path) -> list[str]:
    return sorted(json.loads(KNOWN.read_text()).get(key(folder), []))


@pytest.mark.parametrize("folder", FOLDERS, ids=key)
def test_a_scenario_asks_for_every_kind_of_state_that_a_duty_can_have(folder: Path) -> None:
    assert sorted({*lacking(folder)} - {*_known(folder)}) == [], "write the scenario; state_gaps.json only ever shrinks"


@pytest.mark.parametrize("folder", FOLDERS, ids=key)
def test_a_gap_that_was_filled_is_listed_no_longer(folder: Path) -> None:
    assert sorted({*_known(folder)} - {*lacking(folder)}) == [], "take these out of state_gaps.json"
