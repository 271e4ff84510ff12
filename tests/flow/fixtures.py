"""Fixtures of the flow; they import the house late, because Django is set up after the first conftest is read."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.flow.world import World

PACKS = Path(__file__).parent / "packs"


@pytest.fixture
def small_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every authority works by a pack of three duties, so that tests of stages do not hang on a real protocol."""
    from lantern.engine import load_pack
    from lantern.evaluations import which_pack

    found = load_pack("dfe-2014", root=PACKS)
    monkeypatch.setattr(which_pack, "pack", lambda name, edition=None: found)


@pytest.fixture
def world(db: None, small_pack: None) -> "World":
    """Agencies and people, by the small pack."""
    from tests.flow.world import build

    return build()


@pytest.fixture
def committed_world(transactional_db: None, small_pack: None) -> "World":
    """The same where commits are real: for threads, other processes and crashes."""
    from tests.flow.world import build

    return build()
