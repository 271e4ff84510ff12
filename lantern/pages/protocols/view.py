"""Every protocol and edition, and who works by it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from lantern import engine
from lantern.access.permissions import Permission
from lantern.access.rules import access_rule
from lantern.engine.packs.library import editions, names
from lantern.evaluations.which_pack import adoptions_at
from lantern.evaluations.which_pack import pack as load
from lantern.pages.protocols.context import Protocols
from lantern.plumbing import clock
from lantern.ui.components import Cell, Link, Table, Tag
from lantern.ui.page import render

AGREED, ASSUMED, BROKEN = Tag("Agreed", "green"), Tag("Assumed", "yellow"), Tag("Cannot be used", "red")


@access_rule(Permission.SEE_PROTOCOLS)
@require_safe
def protocols(request: HttpRequest) -> HttpResponse:
    """The list."""
    used: dict[tuple[str, str], list[str]] = {}
    for authority, chosen in adoptions_at(clock.now()).items():
        used.setdefault(chosen, []).append(authority)
    rows = [_row(name, edition, used.get((name, edition), [])) for name in names() for edition in editions(name)]
    table = Table(
        caption="Protocols and editions",
        columns=("Protocol", "Edition", "Duties", "Standing", "Used by"),
        rows=tuple(rows),
        hide_caption=True,
    )
    return render(request, Protocols(heading="Protocols", table=table))


def _row(name: str, edition: str, used_by: list[str]) -> tuple[Cell, ...]:
    users = Cell(", ".join(sorted(used_by)) or "Nobody has adopted it")
    try:
        pack = load(name, edition)
    except engine.EngineError as bad:
        count = len(bad.problems)
        broken = Cell("", tag=BROKEN, detail=f"{count} problem{'' if count == 1 else 's'}: see lantern check")
        return (Cell(name), Cell(edition), Cell("Not known"), broken, users)
    standing = AGREED if pack.status == "agreed" else ASSUMED
    return (
        Cell("", link=Link(pack.title, reverse("protocol", args=[name, edition]))),
        Cell(edition),
        Cell(str(len(pack.duties))),
        Cell("", tag=standing, detail=f"{len(pack.assumptions())} duties rest on a reading of ours"),
        users,
    )
