"""Finds a child by name, reference or date of birth; the search travels in the body, never in an address."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django import forms
from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from lantern.access import gate
from lantern.access.permissions import Permission
from lantern.access.rules import access_rule
from lantern.actions.ask_who_knows import WhoKnows, ask_who_knows
from lantern.pages.find.context import FindChild, Found
from lantern.pages.identity import age_of, authority_words, name_of
from lantern.pages.record_event.forms import SHORT
from lantern.pages.who import person_of, who_asks
from lantern.plumbing import clock
from lantern.record.models import ChildCard
from lantern.record.project import reference_key
from lantern.ui.components import Link
from lantern.ui.form_fields import DayField
from lantern.ui.forms import GovForm
from lantern.ui.page import render

MOST = 20  # children of one list; a longer one is not read but searched again


class SearchForm(GovForm):
    """Name, reference or date of birth."""

    mark_optional = False

    words = forms.CharField(
        label="Name or reference",
        help_text="Any part of the child's name, or the police reference.",
        max_length=SHORT,
        required=False,
    )
    date_of_birth = DayField(
        label="Date of birth",
        help_text="With the whole name and the date of birth you are told which agency to contact about a child whose"
        " record you may not open. That you asked is written down.",
        required=False,
    )

    def clean(self) -> dict[str, object]:
        """Something must be given."""
        given = super().clean() or {}
        if not self.errors and not given.get("words") and not given.get("date_of_birth"):
            self.add_error("words", "Enter a name, a reference or a date of birth")
        return given


@access_rule(Permission.SEE_CHILD)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Find a child to open the record."""
    return _answer(request, "Find a child", reverse("find"))


@access_rule(Permission.REPORT_MISSING)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Find a child to report missing, or go on to one who is not known."""
    return _answer(request, "Report a missing child", reverse("report"))


def _answer(request: HttpRequest, heading: str, action: str) -> HttpResponse:
    at = clock.now()
    may_report = who_asks(request).may(Permission.REPORT_MISSING)
    form = SearchForm(request.POST if request.method == "POST" else None, at=at)
    searched = form.is_bound and form.is_valid()
    cards: Sequence[ChildCard] = []
    if searched or not form.is_bound:
        cards = list((_matching(request, form) if searched else _recent(request))[: MOST + 1])
    gate.note_shown(person_of(request), [card.child_id for card in cards[:MOST]], "find a child", at)
    outside = _outside(request, form, at) if searched and not cards else WhoKnows()
    return render(
        request,
        FindChild(
            heading=heading,
            form=form,
            action=action,
            searched=searched,
            found=tuple(_found(cards[:MOST], at, may_report=may_report)),
            list_heading="Children found" if searched else "Children who were missing last",
            known_to=outside.agencies,
            too_often=outside.too_often,
            more=len(cards) > MOST,
            new_href=reverse("report_new") if may_report else "",
        ),
    )


def _outside(request: HttpRequest, form: SearchForm, at: datetime) -> WhoKnows:
    asked = form.cleaned_data
    return ask_who_knows(
        words=str(asked["words"]), date_of_birth=asked["date_of_birth"], person=person_of(request), at=at
    )


def _visible(request: HttpRequest) -> QuerySet[ChildCard]:
    return ChildCard.objects.filter(child__in=gate.children_visible_to(person_of(request))).select_related("child")


def _matching(request: HttpRequest, form: SearchForm) -> QuerySet[ChildCard]:
    wanted = Q()
    born = form.cleaned_data["date_of_birth"]
    if born:
        wanted &= Q(date_of_birth=born)
    for word in str(form.cleaned_data["words"]).split():
        named = Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(known_as__icontains=word)
        wanted &= named | Q(police_references__contains=[reference_key(word)])
    return _visible(request).filter(wanted).order_by("family_name", "given_name", "child_id")


def _recent(request: HttpRequest) -> QuerySet[ChildCard]:
    return _visible(request).annotate(last=Max("child__episodes__opened_at")).order_by("-last", "child_id")


def _found(cards: Iterable[ChildCard], at: datetime, *, may_report: bool) -> Iterable[Found]:
    for card in cards:
        name, ref = name_of(card), card.child.ref
        yield Found(
            open=Link(name, reverse("child", args=[ref])),
            detail=f"{age_of(card, at)}, {authority_words(card)}",
            report=Link("Report missing", reverse("report_known", args=[ref]), name) if may_report else None,
        )
