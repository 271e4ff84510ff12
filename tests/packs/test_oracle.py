"""Evaluator and oracle agree on the stories beside the packs. LANTERN_EXAMPLES asks for every one of them."""

from pathlib import Path

import pytest

from lantern import engine
from lantern.engine.oracle import owed
from tests.engine.generative.compare import EXAMPLES, rows
from tests.packs.moments import FOLDERS, key, moments

EVERY = 1 if EXAMPLES else 6


@pytest.mark.parametrize("folder", FOLDERS, ids=key)
def test_the_two_agree(folder: Path) -> None:
    pack = engine.load_folder(folder)
    compared = 0
    for moment in list(moments(pack, folder))[::EVERY]:
        slow = sorted(owed(pack, moment.log, moment.at), key=repr)
        assert slow == rows(engine.evaluate([pack], moment.log, moment.at)), (moment.name, moment.at)
        compared += 1
    assert compared
