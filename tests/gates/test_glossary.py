"""GLOSSARY.md holds every word that code and packs use for an event, a role or a duty, once."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

from lantern.engine import vocabulary  # noqa: F401  importing it fills the registry
from lantern.engine.events import REGISTRY
from lantern.engine.packs.nodes import Problems, read_file
from lantern.engine.roles import ROLES

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| (?:`([^`]+)`|\*\*([^*]+)\*\*) \| ([^|]+)\|", re.MULTILINE)


def sections() -> dict[str, dict[str, str]]:
    """The words of each chapter of the glossary with their meanings."""
    chapters = re.split(r"^## (.+)$", (ROOT / "GLOSSARY.md").read_text(), flags=re.MULTILINE)
    return {
        title: {code or word: means.strip() for code, word, means in ROW.findall(text)}
        for title, text in zip(chapters[1::2], chapters[2::2], strict=True)
    }


@cache
def duties_of_packs() -> set[str]:
    """Every name that a pack gives a duty."""
    files = [*ROOT.glob("packs/*/*/duties/*.yaml"), *ROOT.glob("bench/packs/*/*/duties/*.yaml")]
    roots = [read_file(file, file.name, Problems()) for file in files]
    return {str(duty.value["duty"].value) for root in roots if root for duty in root.value["duties"]}


def test_every_event_and_role_is_in_the_glossary_with_its_meaning():
    found = sections()
    assert found["Events"] == {one.name: one.says for one in REGISTRY.values()}
    assert found["Roles and bodies"] == ROLES


def test_every_duty_of_a_pack_is_in_the_glossary():
    known = sections()["Duties"]
    families = tuple(name.split("<")[0] for name in known if name.endswith(">"))
    unknown = {name for name in duties_of_packs() if name not in known and not name.startswith(families)}
    assert not unknown
    assert "strategy_meeting" in duties_of_packs()
    assert not "strategic_meeting".startswith(families)


def test_no_word_has_two_meanings():
    words = Counter(word for chapter in sections().values() for word in chapter)
    assert [word for word, count in words.items() if count > 1] == []
    assert all(means for chapter in sections().values() for means in chapter.values())
