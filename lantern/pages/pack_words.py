"""Protocols as pages tell them: titles, sources and where a citation leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from lantern import engine
from lantern.engine.patterns import Patterns
from lantern.evaluations.which_pack import pack as load


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a document; `href` leads to the protocol's page."""

    source: str
    place: str
    href: str


def packs_named(keys: str) -> list[engine.Pack]:
    """The packs of `name@edition`, or of several with commas or plus signs between them; unreadable ones left out."""
    found = []
    for key in keys.replace("+", ",").split(","):
        name, _, edition = key.strip().partition("@")
        if not name:
            continue
        try:
            found.append(load(name, edition or None))
        except engine.EngineError:
            continue  # the pack's own page lists what is wrong with it
    return found


def citations(cites: Sequence[Mapping[str, Any]], keys: str) -> tuple[Citation, ...]:
    """Where a duty is written, with the documents' titles."""
    packs = packs_named(keys)
    return tuple(_citation(str(cite["source"]), str(cite.get("at", "")), packs) for cite in cites)


def _citation(key: str, place: str, packs: Sequence[engine.Pack]) -> Citation:
    for pack in packs:
        if key in pack.sources:
            href = reverse("protocol", args=[pack.name, pack.edition]) + f"#source-{key}"
            return Citation(pack.sources[key].title, place, href)
    return Citation(key, place, "")


def pack_titles(keys: str) -> str:
    """The titles of the packs, for people."""
    return "; ".join(pack.title for pack in packs_named(keys)) or keys


def met_by(duty: str, variant: str, keys: str) -> Patterns | None:
    """The events that meet a duty by its protocol; None where the protocol does not say."""
    rules = (rule for pack in packs_named(keys) for rule in pack.duties if (rule.duty, rule.variant) == (duty, variant))
    return next((rule.met_by for rule in rules if rule.met_by), None)
