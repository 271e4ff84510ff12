"""No rule of the sources without a home, and no home that does not exist."""

import pytest
from click.testing import CliRunner

from lantern import engine
from lantern.commands.coverage import HOUSED, command
from lantern.engine.protocols.coverage import coverage

# How many rules the catalogue of each protocol's sources holds.
RULES = {
    "dfe-2014": 95,
    "kingston-richmond-2023": 194,
    "liverpool-2014": 185,
    "north-lincolnshire-2021": 219,
    "norfolk-2024": 78,
    "birmingham-2015": 352,
}
NAMES = [name for name in RULES if name in {header.name for header in engine.list_packs()}]


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_of_the_sources_has_a_home(name):
    homes = coverage([engine.load_pack(name)])
    assert len(homes) == RULES[name]
    assert [home.id for home in homes if home.home in HOUSED and not home.where] == []
    assert [home.id for home in homes if home.home == "not_tracked" and not home.why] == []


def test_the_command_counts_them():
    run = CliRunner().invoke(command, ["--pack", "kingston-richmond-2023"])
    assert run.exit_code == 0
    assert "194 rules, 0 without a home" in run.output
