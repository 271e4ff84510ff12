"""Which forms are offered on the page of an episode, and which come first."""

from django.urls import reverse

from lantern.pages.episode.context import Offers
from lantern.pages.record_event.catalogue import CATALOGUE
from lantern.pages.record_event.specs import AWAY, Spec
from lantern.pages.who import Who
from lantern.ui.components import Link

_FIRST: dict[str, tuple[str, ...]] = {
    "away": ("risk_graded", "risk_reviewed", "category_set", "child_located", "information_received",
             "contact_made", "party_notified", "check_made", "meeting_held"),
    "located": ("child_returned", "safe_and_well_done", "return_interview_offered", "party_notified"),
    "returned": ("safe_and_well_done", "return_interview_offered", "return_interview_held", "episode_closed"),
    "closed": ("return_interview_held", "return_interview_offered", "carer_views_recorded", "extract_shared"),
}  # fmt: skip
MOST = 6


def first_offers(who: Who, ref: str, state: str, *, graded: bool) -> tuple[Link, ...]:
    """The forms that are likely to be wanted while the episode stands like this."""
    done = "risk_graded" if graded else "risk_reviewed"  # a risk is graded once, and then reviewed
    wanted = [name for name in _FIRST["away" if state in AWAY or not state else state] if name != done]
    by_name = {spec.event: spec for spec in CATALOGUE if _fits(who, spec)}
    return tuple(_link(by_name[name], ref) for name in wanted if name in by_name)[:MOST]


def all_offers(who: Who, ref: str) -> tuple[Offers, ...]:
    """Every form this person may fill in, by heading."""
    found: dict[str, list[Link]] = {}
    for spec in CATALOGUE:
        if who.may(spec.permission):
            found.setdefault(spec.group, []).append(_link(spec, ref))
    return tuple(Offers(heading, tuple(links)) for heading, links in found.items())


def _fits(who: Who, spec: Spec) -> bool:
    return who.may(spec.permission) and bool(who.kinds & spec.kinds)


def _link(spec: Spec, ref: str) -> Link:
    return Link(spec.title, reverse("record_event", args=[ref, spec.event]))
