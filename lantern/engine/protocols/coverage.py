"""Where every rule of the sources went: a duty, a decision's authority, a definition … or not tracked, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lantern.engine.rules import Pack, RegisteredRule


@dataclass(frozen=True, slots=True)
class Home:
    """One rule of the sources and the places where it lives in its pack."""

    pack: str
    id: str
    at: str
    says: str
    home: str
    where: tuple[str, ...]
    why: str = ""

    def as_json(self) -> dict[str, object]:
        return {
            "pack": self.pack, "id": self.id, "at": self.at, "says": self.says, "home": self.home,
            "where": list(self.where), "why": self.why,
        }  # fmt: skip


def coverage(packs: Sequence[Pack]) -> list[Home]:
    """Every registered rule of the packs, in the order of their registers."""
    return [_home(pack, rule) for pack in packs for rule in pack.register.values()]


def _home(pack: Pack, rule: RegisteredRule) -> Home:
    return Home(pack.key, rule.id, rule.at, rule.says, rule.home, tuple(_places(pack, rule)), rule.why)


def _places(pack: Pack, rule: RegisteredRule) -> list[str]:
    """Names of what covers the rule, of any kind; a rule in the contents of a duty names that duty."""
    own = [duty.name for duty in pack.duties if rule.id in duty.covers]
    own += [f"authority {item.id}" for item in pack.authority if rule.id in item.covers]
    own += [f"classification {item.id}" for item in pack.classification if rule.id in item.covers]
    own += [f"timetable {item.id}" for item in pack.timetables.values() if rule.id in item.covers]
    own += [f"definition of {item['word']}" for item in pack.definitions if rule.id in item.get("covers", ())]
    if rule.of:
        own.append(f"contents of {rule.of}")
    return list(dict.fromkeys(own))


def counts(homes: Sequence[Home]) -> dict[str, dict[str, int]]:
    """How many rules of each pack went to each kind of home."""
    table: dict[str, dict[str, int]] = {}
    for home in homes:
        row = table.setdefault(home.pack, {})
        row[home.home] = row.get(home.home, 0) + 1
        row["rules"] = row.get("rules", 0) + 1
    return table
