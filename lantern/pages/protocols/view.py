"""Every protocol and edition, and who works by it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from lantern import engine
from lantern.access.permissions import Permission
from lantern.access.rules import access_rule
from lantern.evaluations.which_pack import adoptions_at
from lantern.pages.protocols.context import Protocols
from lantern.plumbing import clock
from lantern.ui.components import Cell, Link, Table, Tag
from lantern.ui.page import render

AGREED, ASSUMED = Tag("Agreed", "green"), Tag("Assumed", "yellow")


@access_rule(Permission.SEE_PROTOCOLS)
@require_safe
def protocols(request: HttpRequest) -> HttpResponse:
    """The list."""
    used: dict[tuple[str, str], list[str]] = {}
    for authority, chosen in adoptions_at(clock.now()).items():
        used.setdefault(chosen, []).append(authority)
    table = Table(
        caption="Protocols and editions",
        columns=("Protocol", "Edition", "Duties", "Standing", "Used by"),
        rows=tuple(_row(header, used.get((header.name, header.edition), [])) for header in engine.list_packs()),
        hide_caption=True,
    )
    return render(request, Protocols(heading="Protocols", table=table))


def _row(header: engine.PackHeader, used_by: list[str]) -> tuple[Cell, ...]:
    href = reverse("protocol", args=[header.name, header.edition])
    return (
        Cell("", link=Link(header.title, href)),
        Cell(header.edition),
        Cell(str(header.duties), sort=header.duties),
        Cell("", tag=AGREED if header.status == "agreed" else ASSUMED, detail=f"{header.assumed} readings are ours"),
        Cell(", ".join(sorted(used_by)) or "Nobody has adopted it"),
    )
