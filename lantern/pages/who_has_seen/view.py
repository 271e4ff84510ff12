"""Who has seen this record, and why could they?"""

from datetime import date, datetime

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
from lantern.ui.times import LONDON, say_moment, say_time


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
        caption="Looks at this record, a line for each person and day",
        columns=("When", "Who", "For what", "Why they could"),
        rows=tuple(_row(together, at) for together in _by_person_and_day(looks)),
        sortable=True,
    )


def _by_person_and_day(looks: list[Look]) -> list[list[Look]]:
    found: dict[tuple[str, str, str, str, date], list[Look]] = {}
    for look in looks:
        key = (look.person, look.role, look.agency, look.why, look.at.astimezone(LONDON).date())
        found.setdefault(key, []).append(look)
    return list(found.values())


def _row(together: list[Look], at: datetime) -> tuple[Cell, ...]:
    last, first = together[0], together[-1]
    times = len(together)
    since = f"{times} times since {say_time(first.at)}" if times > 1 else ""
    purposes = dict.fromkeys(look.purpose.replace("_", " ") for look in together)
    return (
        Cell(say_moment(last.at, at), sort=int(last.at.timestamp()), detail=since),
        Cell(last.person, sort=last.person, detail=f"{last.role}, {last.agency}"),
        Cell(", ".join(purposes)),
        Cell(last.why),
    )
