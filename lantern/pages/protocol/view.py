"""One edition of one protocol: its duties in the order of a child's journey, its sources, assumptions and conflicts."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from lantern import engine
from lantern.access.permissions import Permission
from lantern.access.rules import access_rule
from lantern.engine.explain import of_rule
from lantern.engine.packs.duty_names import PHASE_TITLES
from lantern.engine.rules import Duty, Source
from lantern.evaluations.which_pack import pack as load
from lantern.pages.pack_words import Citation, citations
from lantern.pages.protocol.context import ConflictLine, DutyRule, Phase, Protocol, SourceLine
from lantern.pages.protocols.view import AGREED, ASSUMED
from lantern.pages.value_words import capital
from lantern.reporting.protocol.files import WRITERS
from lantern.ui.components import Link, Row
from lantern.ui.page import render
from lantern.ui.times import say_date

STRENGTH = {"must": "Must", "should": "Should", "may": "May", "consider": "Should be considered, and if so"}
FILES = {
    "pdf": "The whole protocol to print and sign (PDF)",
    "html": "The whole protocol as one page to keep (HTML)",
    "svg": "When each duty is due, on one sheet (SVG picture)",
}


@access_rule(Permission.SEE_PROTOCOLS)
@require_safe
def protocol(request: HttpRequest, name: str, edition: str) -> HttpResponse:
    """One pack."""
    pack = _known(name, edition)
    phases = tuple(_phases(pack))
    return render(
        request,
        Protocol(
            heading="Protocol",
            title=pack.title,
            status=AGREED if pack.status == "agreed" else ASSUMED,
            rows=_rows(pack),
            files=_files(pack),
            phases=phases,
            authority=tuple(_authority(pack)),
            assumptions=tuple(_assumptions(phases)),
            conflicts=tuple(_conflicts(pack)),
            sources=tuple(_source(key, source) for key, source in pack.sources.items()),
        ),
    )


@access_rule(Permission.SEE_PROTOCOLS)
@require_safe
def protocol_file(request: HttpRequest, name: str, edition: str, ending: str) -> HttpResponse:
    """The pack as a document to keep, print and sign: always to be saved, for it brings its own style."""
    writer = WRITERS.get(f".{ending}")
    if writer is None:
        raise Http404
    pack = _known(name, edition)
    media_type, written = writer
    response = HttpResponse(written(pack), content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{pack.name}-{pack.edition}.{ending}"'
    return response


def _known(name: str, edition: str) -> engine.Pack:
    try:
        return load(name, edition)
    except engine.EngineError as unknown:
        raise Http404 from unknown


def _files(pack: engine.Pack) -> tuple[Link, ...]:
    return tuple(
        Link(words, reverse("protocol_file", args=[pack.name, pack.edition, ending])) for ending, words in FILES.items()
    )


def _rows(pack: engine.Pack) -> tuple[Row, ...]:
    until = f" until {say_date(pack.in_force_until)}" if pack.in_force_until else ""
    rows = [
        Row("Edition", pack.edition),
        Row("In force", f"From {say_date(pack.in_force_from)}{until}"),
        Row("Authorities", ", ".join(pack.authorities) or "All, where no local protocol is adopted"),
    ]
    if pack.agreed_by:
        rows.append(Row("Agreed by", pack.agreed_by))
    if pack.base:
        rows.append(Row("Built on", pack.base))
    rows.append(Row("Fingerprint", pack.content_hash))
    return tuple(rows)


def _phases(pack: engine.Pack) -> Iterable[Phase]:
    for phase, heading in PHASE_TITLES.items():
        held = tuple(_rule(pack, duty) for duty in pack.duties if duty.phase == phase)
        if held:
            yield Phase(f"phase-{phase}", heading, held)


def _rule(pack: engine.Pack, duty: Duty) -> DutyRule:
    said = of_rule(pack, duty)
    cites = [cite.as_json() for cite in (*(cite for case in duty.due for cite in case.cites), *duty.cites)]
    unique = [dict(each) for each in dict.fromkeys(tuple(cite.items()) for cite in cites)]
    return DutyRule(
        anchor=f"duty-{duty.name}-{duty.owed_by}".replace("#", "-").replace(".", "-").replace("_", "-"),
        says=duty.says,
        name=duty.name,
        owner=capital(said["owner"]),
        strength=STRENGTH[said["strength"]],
        arises=f"It arises: {said['arises']}.",
        due=tuple(capital(words) for words in said["due"]),
        met_by=f"It is met by: {said['met_by']}." if said["met_by"] else "",
        others=tuple(_others(said)),
        cites=citations(unique, pack.key),
        assumed=tuple(said["assumed"]),
        origin=said["written_in"],
    )


def _others(said: dict[str, object]) -> Iterable[str]:
    if said["with"]:
        yield f"Together with: {_joined(said['with'])}."
    if said["lapses"]:
        yield f"It lapses with: {said['lapses']}."
    if said["repeats"]:
        yield f"It comes again: {said['repeats']}."
    if said["set_aside"]:
        yield f"It may be set aside by: {_joined(said['set_aside'])}."


def _joined(listed: object) -> str:
    return "; ".join(str(each) for each in listed) if isinstance(listed, list) else str(listed)


def _authority(pack: engine.Pack) -> Iterable[str]:
    for rule in pack.authority:
        roles = " or ".join(pack.role_name(role) for role in sorted(rule.by))
        yield f"{rule.says.rstrip('.')}: {roles}"


def _assumptions(phases: Iterable[Phase]) -> Iterable[str]:
    for phase in phases:
        for duty in phase.duties:
            for words in duty.assumed:
                yield f"{duty.says}: {words}"


def _conflicts(pack: engine.Pack) -> Iterable[ConflictLine]:
    for each in pack.conflicts:
        places: tuple[Citation, ...] = citations([cite.as_json() for cite in each.places], pack.key)
        yield ConflictLine(capital(each.says), each.chosen, each.why, places)


def _source(key: str, source: Source) -> SourceLine:
    detail = ", ".join(part for part in (source.publisher, source.edition, source.note) if part)
    return SourceLine(f"source-{key}", source.title, detail)
