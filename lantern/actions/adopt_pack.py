"""An authority adopts an edition of a pack."""

from datetime import datetime

from lantern.access import context
from lantern.access.models import Agency
from lantern.actions.judge import judge_what_was_recorded
from lantern.evaluations.adopt import adopt
from lantern.evaluations.models import Adoption, EpisodeNow
from lantern.plumbing import logs
from lantern.plumbing.errors import Refused
from lantern.record.actor import Actor
from lantern.record.models import Child, ChildCard

log = logs.get("actions")


def adopt_pack(
    *,
    authority: str,
    pack: str,
    edition: str | None,
    since: datetime,
    until: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Adoption:
    """check → put in force → look again at the children of the authority who are away, in one commit for each.

    edition: None for the newest. Where the adoption begins or ends later, the worker looks at them again then. Raises
    NotAnEdition when the pack has problems or another was adopted later, Refused when no agency is that authority.
    """
    with context.system("adopt pack"):
        if not Agency.objects.filter(kind=Agency.Kind.AUTHORITY, authority=authority).exists():
            raise Refused(f"No agency is the local authority {authority}; lantern agencies list shows those there are.")
        adoption = adopt(authority, pack, edition, since=since, until=until)
        children = list(_away_children_of(authority))
    log.info("pack.adopted", pack=f"{adoption.pack}@{adoption.edition}", authority=authority, person=by.person_id)
    for child in children:
        judge_what_was_recorded(child, at=at)
    return adoption


def _away_children_of(authority: str) -> list[Child]:
    """Others are looked at when something next happens to them, or by `lantern rebuild`."""
    cards = ChildCard.objects.filter(responsible_authority=authority) | ChildCard.objects.filter(
        host_authority=authority
    )
    open_ = EpisodeNow.objects.exclude(state="closed").filter(child_id__in=cards.values("child_id"))
    return list(Child.objects.filter(pk__in=open_.values("child_id")).order_by("pk"))
