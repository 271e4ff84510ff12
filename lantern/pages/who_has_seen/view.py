"""Who has seen this record, and why could they?"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from lantern.access import gate
from lantern.access.permissions import Permission
from lantern.access.rules import access_rule
from lantern.access.seen import NEWEST, Look, looks_at
from lantern.pages.identity import identity_of
from lantern.pages.who import person_of
from lantern.pages.who_has_seen.context import WhoHasSeen
from lantern.plumbing import clock
from lantern.record.models import ChildCard
from lantern.ui.components import Cell, Link, Table
from lantern.ui.page import render
from lantern.ui.times import say_moment


@access_rule(Permission.SEE_WHO_HAS_SEEN)
@require_safe
def who_has_seen(request: HttpRequest, ref: str) -> HttpResponse:
    """Every look, newest first."""
    at = clock.now()
    found = gate.child_for(person_of(request), ref, "who has seen", at, permission=Permission.SEE_WHO_HAS_SEEN)
    looks = looks_at(found.id)
    return render(
        request,
        WhoHasSeen(
            heading="Who has seen this record",
            identity=identity_of(ChildCard.objects.filter(child=found).first(), at),
            child=Link("The child's record", reverse("child", args=[found.ref])),
            table=_table(looks, at),
            more=len(looks) >= NEWEST,
        ),
    )


def _table(looks: list[Look], at: datetime) -> Table | None:
    if not looks:
        return None
    return Table(
        caption="Looks at this record, newest first",
        columns=("When", "Who", "For what", "Why they could"),
        rows=tuple(
            (
                Cell(say_moment(look.at, at), sort=int(look.at.timestamp())),
                Cell(look.person, sort=look.person, detail=f"{look.role}, {look.agency}"),
                Cell(look.purpose),
                Cell(look.why),
            )
            for look in looks
        ),
        sortable=True,
    )
