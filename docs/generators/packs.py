"""docs/generated/packs/: every edition of every pack as a page, and a list of them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from generators._tables import code, table

from lantern import engine
from lantern.engine.explain import of_cite, of_clause, of_condition, of_patterns, of_rule
from lantern.engine.packs.duty_names import PHASES
from lantern.engine.packs.library import ROOT, editions, names
from lantern.engine.protocols.coverage import Home, coverage
from lantern.engine.rules import Cite, Duty, Pack

FOLDER = "docs/generated/packs"
_LINES = (
    ("arises", "Arises"), ("due", "Due"), ("met_by", "Met by"), ("lapses", "Lapses"), ("set_aside", "Set aside by"),
    ("repeats", "Comes again"), ("with", "With"), ("cites", "Source"), ("assumed", "Assumed"),
)  # fmt: skip


def pages() -> dict[str, str]:
    """Two pages an edition, what it asks for and where every rule of its text went, and README.md."""
    packs = {(name, edition): _read(name, edition) for name in names() for edition in editions(name)}
    found = {}
    for (name, edition), pack in packs.items():
        if pack:
            found[f"{FOLDER}/{name}/{edition}.md"] = _page(pack)
            found[f"{FOLDER}/{name}/{edition}-rules.md"] = _rules(pack)
    rows = (_row(name, edition, pack) for (name, edition), pack in packs.items())
    head = "# Protocols\n\nEach is a folder of packs/, as data, with every value cited.\n\n"
    head += "Beside each: where every single rule of its text went.\n\n"
    columns = (
        "protocol",
        "edition",
        "status",
        "duties",
        "on an assumption",
        "conflicts in the text",
        "rules of the text",
    )
    return found | {f"{FOLDER}/README.md": head + table(columns, rows)}


def _read(name: str, edition: str) -> Pack | None:
    """The pack; None when it cannot be read, which the list then says."""
    try:
        return engine.load_pack(name, edition)
    except engine.BadPack:
        return None


def _row(name: str, edition: str, pack: Pack | None) -> tuple[str, ...]:
    if pack is None:
        return code(name), edition, "cannot be read: see `lantern check`", "", "", "", ""
    link = f"[{pack.title}]({name}/{edition}.md)"
    rules = f"[{len(pack.register)}]({name}/{edition}-rules.md)"
    counted = (str(len(pack.duties)), str(len(pack.assumptions())), str(len(pack.conflicts)))
    return link, edition, pack.status, *counted, rules


def _page(pack: Pack) -> str:
    parts = [f"# {pack.title}\n", _head(pack), _sources(pack), _local(pack), _deciding(pack)]
    in_order = sorted(pack.duties, key=lambda duty: PHASES.index(duty.phase))
    parts += [_phase(pack, phase, list(duties)) for phase, duties in groupby(in_order, lambda duty: duty.phase)]
    parts += [_timetables(pack), _conflicts(pack), _register(pack), _scenarios(pack)]
    return "\n".join(part for part in parts if part)


def _head(pack: Pack) -> str:
    until = f" until {pack.in_force_until}" if pack.in_force_until else ""
    base = f" It stands on {code(pack.base)}." if pack.base else ""
    agreed = (
        f"Agreed by {pack.agreed_by}." if pack.status == "agreed" else "Not agreed by the partnership: our reading."
    )
    applies = f" It is for: {of_condition(pack.applies)}." if pack.applies else ""
    return f"{code(pack.key)}, in force from {pack.in_force_from}{until}. {agreed}{base}{applies}\n"


def _sources(pack: Pack) -> str:
    rows = ((code(source.key), source.title, source.publisher, source.edition) for source in pack.sources.values())
    return "## Sources\n\n" + table(("key", "title", "publisher", "edition"), rows)


def _local(pack: Pack) -> str:
    if not pack.roles:
        return ""
    return "## Local names\n\n" + table(("role", "here"), ((code(role), name) for role, name in pack.roles.items()))


def _deciding(pack: Pack) -> str:
    rows = []
    for rule in pack.authority:
        roles = ", ".join(pack.role_name(role) for role in sorted(rule.by))
        recording = ", ".join(map(of_clause, rule.requires))
        decision = of_patterns(rule.decision), of_condition(rule.condition)
        rows.append((*decision, roles, recording, _cited(pack, rule.cites)))
    text = "## Who may decide\n\n" + table(("decision", "if", "by", "recording", "source"), rows) if rows else ""
    kinds = [(rule.category, rule.says, _cited(pack, rule.cites)) for rule in pack.classification]
    if kinds:
        text += "\n## What facts make of an absence\n\n" + table(("category", "because", "source"), kinds)
    return text


def _cited(pack: Pack, cites: Iterable[Cite]) -> str:
    return "; ".join(of_cite(pack, cite) for cite in cites)


def _phase(pack: Pack, phase: str, duties: list[Duty]) -> str:
    return "\n".join([f"## Duties: {phase.replace('-', ' ')}\n", *(_duty(pack, duty) for duty in duties)])


def _duty(pack: Pack, duty: Duty) -> str:
    entry = of_rule(pack, duty)
    inherited = f" (from {code(duty.origin)})" if duty.origin != pack.key else ""
    lines = [f"### {code(duty.name)}: {duty.says}\n", f"{entry['owner']}: {entry['strength']}.{inherited}\n"]
    lines += [f"- {title}: {words}" for key, title in _LINES if (words := _words(entry[key]))]
    lines += [f"- {of_clause(key).capitalize()}: {_words(value)}" for key, value in duty.contains.items()]
    lines += [
        f"- Conflict {item['id']}: {item['says']} Read as: {item['chosen']} ({item['why']})"
        for item in entry["conflicts"]
    ]
    return "\n".join(lines) + "\n"


def _words(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _timetables(pack: Pack) -> str:
    rows = [
        (code(each.id), " ".join(filter(None, (f"every {each.every}", each.weekday, each.day))),
         f"from {each.anchor}" if each.anchor else "", each.assumed)
        for each in pack.timetables.values()
    ]  # fmt: skip
    return "## Timetables\n\n" + table(("timetable", "when", "first", "assumed"), rows) if rows else ""


def _conflicts(pack: Pack) -> str:
    rows = [
        (each.id, each.type, each.says, _cited(pack, each.places), each.chosen, each.why) for each in pack.conflicts
    ]
    head = ("id", "kind", "what", "where", "read as", "why")
    return "## Where the text contradicts itself or leaves something open\n\n" + table(head, rows) if rows else ""


def _register(pack: Pack) -> str:
    if not pack.register:
        return ""
    homes = Counter(rule.home for rule in pack.register.values())
    counted = table(("home", "rules"), ((of_clause(home), str(number)) for home, number in sorted(homes.items())))
    page = f"{pack.edition}-rules"
    return f"## Where every rule of the text went\n\n{counted}\nOne by one: [{page}]({page}.md).\n"


def _rules(pack: Pack) -> str:
    """Every rule of the sources by its number: where it is written, what it says, and where it went."""
    homes = coverage([pack])
    head = f"# {pack.title}: where every rule of the text went\n\n"
    head += f"{len(homes)} rules; what the protocol asks for is on [the page of the protocol]({pack.edition}.md).\n\n"
    rows = ((home.id, home.says, home.at, of_clause(home.home), _went(home)) for home in homes)
    return head + table(("rule", "says", "where in the text", "home", "where it went, or why it is not tracked"), rows)


def _went(home: Home) -> str:
    shared = "a condition that several duties share" if home.home == "term" else ""
    return "; ".join(map(code, home.where)) or home.why or shared


def _scenarios(pack: Pack) -> str:
    rows = [(item["name"], str(item.get("agreed_by", "author"))) for item in _stories(ROOT / pack.name / pack.edition)]
    return "## Scenarios\n\n" + table(("scenario", "agreed by"), rows) if rows else ""


def _stories(folder: Path) -> Iterator[dict[str, Any]]:
    from lantern.engine.packs.nodes import Problems, read_file

    for path in sorted((folder / "scenarios").glob("*.yaml")):
        node = read_file(path, path.name, Problems())
        yield from (item.plain() for item in node.value["scenarios"]) if node is not None else ()
