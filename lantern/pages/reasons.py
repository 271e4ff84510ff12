"""Why a duty is owed and where that is written: as records for its own page, and as a part of lists that is kept."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lantern.duties.models import Duty
from lantern.engine.events import REGISTRY
from lantern.pages.pack_words import Citation, citations
from lantern.pages.value_words import plain
from lantern.ui.components import Link
from lantern.ui.kept import Kept

_CLAUSES = {"any of": "one of these", "not": "none of this"}
_HAPPENED = {f"{name.replace('_', ' ')} happened": kind.says for name, kind in REGISTRY.items()}
_EVENTS = re.compile("|".join(sorted(map(re.escape, _HAPPENED), key=len, reverse=True)))
NO_LINKS: Mapping[str, Link] = {}
# what lists have shown of duties, by id and by the digest of all that is stored of one: no name stands in it
_SHOWN: Kept[tuple[UUID, bytes], SafeString] = Kept(most=5000, idle=timedelta(minutes=30))


@dataclass(frozen=True, slots=True)
class Reason:
    """One clause of why a duty is owed, with its verdict in a word, and the clauses it is made of."""

    clause: str
    verdict: str
    missing: tuple[str, ...]
    events: tuple[Link, ...]
    parts: tuple["Reason", ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Why a duty is owed: in a sentence, as a tree of clauses; where it is written, and what was assumed."""

    words: str
    reasons: tuple[Reason, ...]
    cites: tuple[Citation, ...]
    assumed: tuple[str, ...]


def why_of(duty: Duty, links: Mapping[str, Link] = NO_LINKS) -> Why:
    """Why `duty` is owed. links: to the events that the reasons rest on, by their ids."""
    return Why(
        words=why_words(duty),
        reasons=reasons_of(duty.because.get("parts", []), links),
        cites=citations(duty.cites, duty.pack),
        assumed=tuple(str(each) for each in duty.assumed),
    )


def shown(why: Why) -> SafeString:
    """The same as HTML, one click away."""
    return render_to_string("why.html", {"why": why})


def all_shown(duties: Iterable[Duty], at: datetime) -> dict[UUID, SafeString]:
    """The same for many duties, without links; made anew for those alone that changed since they were last shown."""
    parts = {duty.id: _SHOWN.get((duty.id, bytes(duty.digest)), at) for duty in duties}
    changed = [key for key, part in parts.items() if part is None]
    for whole in Duty.objects.filter(pk__in=changed) if changed else ():
        parts[whole.id] = part = shown(why_of(whole))
        _SHOWN.keep((whole.id, bytes(whole.digest)), part, at)
    return {key: part or SafeString() for key, part in parts.items()}


def why_words(duty: Duty) -> str:
    """The reason alone, without the state, which the page says as of now."""
    _, found, reason = duty.in_words.partition(" Because ")
    return f"Because {told(reason)}" if found else ""


def told(words: str) -> str:
    """`words` with "report received happened" as one says it: "the child was reported missing"."""
    return _EVENTS.sub(lambda found: _HAPPENED[found[0]], words) if " happened" in words else words


def reasons_of(tree: Any, links: Mapping[str, Link]) -> tuple[Reason, ...]:
    """The tree of reasons that the engine built, ready to be printed; "all of" says nothing that its parts do not."""
    if isinstance(tree, list):
        return tuple(reason for each in tree for reason in reasons_of(each, links))
    if not isinstance(tree, dict) or "clause" not in tree:
        return ()
    parts = reasons_of(tree.get("parts", []), links)
    if tree["clause"] == "all of":
        return parts
    return (
        Reason(
            clause=told(_CLAUSES.get(str(tree["clause"]), str(tree["clause"]).replace("_", " "))),
            verdict=str(tree.get("verdict", "")),
            missing=tuple(plain(str(each)) for each in tree.get("missing", ())),
            events=tuple(links[each] for each in tree.get("events", ()) if each in links),
            parts=parts,
        ),
    )
