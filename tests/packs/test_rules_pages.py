"""For readers: each rule of a protocol's text by its number, with its place, a few words and where it went."""

from pathlib import Path

import pytest

from lantern import engine
from tests.packs.moments import FOLDERS, key

PAGES = Path(__file__).parents[2] / "docs" / "generated" / "packs"


@pytest.mark.parametrize("folder", FOLDERS, ids=key)
def test_the_page_lists_every_registered_rule_once_with_its_place_and_home(folder: Path) -> None:
    pack = engine.load_folder(folder)
    page = (PAGES / pack.name / f"{pack.edition}-rules.md").read_text()
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| ")]
    listed = {row[0]: row[1:] for row in rows[2:]}
    assert list(listed) == list(pack.register)
    assert [id_ for id_, cells in listed.items() if len(cells) != 4 or not all(cells)] == []
