"""Children who were found and whose episode is still open: what is owed to them is easily forgotten."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from lantern.access import gate
from lantern.access.models import Person
from lantern.evaluations.models import EpisodeNow
from lantern.pages.identity import name_of
from lantern.pages.lookups import RISK, STATE
from lantern.ui.components import Cell, Link, Table
from lantern.ui.times import say_moment

OPEN_BUT_FOUND = ("located", "returned")
MOST = 50  # rows of one table; more are found by name


def found_table(person: Person, at: datetime) -> tuple[Table | None, list[UUID]]:
    """The table, and the children it shows; none where there are none."""
    found = EpisodeNow.objects.filter(state__in=OPEN_BUT_FOUND, child_id__in=gate.children_visible_to(person))
    rows = list(found.select_related("child__card", "episode").order_by("-began_at")[:MOST])
    if not rows:
        return None, []
    table = Table(
        caption="Found, and not closed yet",
        columns=("Child", "How it stands", "Risk while away", "Away since"),
        rows=tuple(_row(now, at) for now in rows),
        sortable=True,
    )
    return table, [now.child_id for now in rows]


def _row(now: EpisodeNow, at: datetime) -> tuple[Cell, ...]:
    name = name_of(now.child.card)
    return (
        Cell("", sort=name, link=Link(name, reverse("episode", args=[now.episode.ref]))),
        Cell("", sort=now.state, tag=STATE[now.state]),
        Cell("", sort=now.risk_level, tag=RISK[now.risk_level]),
        Cell(say_moment(now.began_at, at), sort=int(now.began_at.timestamp())),
    )
