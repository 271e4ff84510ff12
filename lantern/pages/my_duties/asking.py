"""Agencies outside a case that reported the child, as the duty that their answer is for whoever may give it."""

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from lantern.access import gate
from lantern.access.models import PartRequest
from lantern.access.permissions import Permission
from lantern.pages.identity import name_of
from lantern.pages.my_duties.unread import Unread
from lantern.pages.who import person_of, who_asks
from lantern.record.models import ChildCard
from lantern.ui.components import Link, Tag
from lantern.ui.times import moment, say_ago

TO_ANSWER = Tag("To answer", "orange")


def asking_of(request: HttpRequest, at: datetime) -> tuple[Unread, ...]:
    """What waits for this person's answer; for somebody who gives no parts nothing, and the database is not asked."""
    if not who_asks(request).may(Permission.GIVE_PART):
        return ()
    seen = gate.children_visible_to(person_of(request)).values("id")
    waiting = list(
        PartRequest.objects.filter(answered_at=None, child_id__in=seen).select_related("agency").order_by("asked_at")
    )
    if not waiting:
        return ()
    gate.note_shown(person_of(request), [each.child_id for each in waiting], "duties", at)
    cards = ChildCard.objects.filter(child__in=[each.child_id for each in waiting]).select_related("child")
    card_of = {card.child_id: card for card in cards}
    return tuple(_line(each, card_of[each.child_id], at) for each in waiting if each.child_id in card_of)


def _line(asked: PartRequest, card: ChildCard, at: datetime) -> Unread:
    words = f"Answer {asked.agency.name}, outside the case of {name_of(card)}"
    return Unread(
        link=Link(words, reverse("parts", args=[card.child.ref])),
        since=moment(asked.asked_at, at),
        ago=say_ago(asked.asked_at, at),
        reasons=("They reported the child and do not see the record",),
        tag=TO_ANSWER,
    )
