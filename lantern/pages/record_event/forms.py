"""Builds the form of an event from its spec and the event's fields in the vocabulary."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms

from lantern.engine import events
from lantern.engine.roles import ROLES
from lantern.pages.record_event.specs import USUAL_WHEN, Ask, Spec
from lantern.pages.value_words import capital
from lantern.ui.form_fields import DayField, MomentField
from lantern.ui.forms import MAX_WORDS, SafeForm

YES_NO = {"yes": "Yes", "no": "No", "": "Not known"}
SHORT = 120  # characters of an answer of one line; the record takes no longer one that is not encrypted
FEW = 7  # choices that are shown as radios; more go into a list to pick from
EPISODES = "episodes"
_KEPT: dict[tuple[str, str], type[SafeForm]] = {}  # by event and the role that is offered first


def form_class(spec: Spec, *, own_role: str, episodes: Sequence[tuple[str, str]] = ()) -> type[SafeForm]:
    """The form of `spec`.  `own_role` is offered first where a role decides; `episodes`: id and words of each."""
    if episodes:
        return _made(spec, own_role, episodes)
    key = (spec.event, own_role)
    return _KEPT.get(key) or _KEPT.setdefault(key, _made(spec, own_role, ()))


def _made(spec: Spec, own_role: str, episodes: Sequence[tuple[str, str]]) -> type[SafeForm]:
    declared = events.REGISTRY[spec.event].fields
    asked = {ask.name: _field(declared[ask.name], ask, own_role, episodes) for ask in spec.asks}
    when = {"occurred_at": MomentField(label=spec.when)}
    # a question of its own about the moment comes first; the usual one, already filled in, last
    fields: dict[str, Any] = {**asked, **when} if spec.when == USUAL_WHEN else {**when, **asked}
    return type("EventForm", (SafeForm,), fields)


def given(form: SafeForm, spec: Spec) -> dict[str, Any]:
    """The event's fields as the engine wants them, without the questions that were left open."""
    declared = events.REGISTRY[spec.event].fields
    found: dict[str, Any] = {}
    for ask in spec.asks:
        value = form.cleaned_data.get(ask.name)
        if value not in (None, "", []):
            found[ask.name] = _as_data(declared[ask.name], value)
    return found


def as_initial(spec: Spec, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The event's fields as the form shows them; the opposite of `given`."""
    declared = events.REGISTRY[spec.event].fields
    return {
        ask.name: _as_shown(declared[ask.name], fields[ask.name])
        for ask in spec.asks
        if fields.get(ask.name) is not None
    }


def preset(spec: Spec, asked: Mapping[str, str]) -> dict[str, str]:
    """What the address asks to have filled in: only values that the question itself offers, never free words."""
    offers = {ask.name: set(ask.options) | set(ask.roles) for ask in spec.asks}
    return {name: value for name, value in asked.items() if value in offers.get(name, ())}


def _field(field: events.Field, ask: Ask, own_role: str, episodes: Sequence[tuple[str, str]]) -> forms.Field:
    common: dict[str, Any] = {
        "label": ask.label,
        "help_text": ask.hint,
        "required": ask.required or field.required,
    }
    if ask.roles and field.kind == "list":
        several = _role_choices(ask, own_role)
        return forms.MultipleChoiceField(choices=several, widget=forms.CheckboxSelectMultiple, **common)
    if ask.roles:
        return _one_of(_role_choices(ask, own_role), common)
    if ask.name == EPISODES or (ask.options and field.kind == "choices"):
        choices = list(episodes) if ask.name == EPISODES else list(ask.options.items())
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
    if ask.options:
        return _one_of(list(ask.options.items()), common)
    return _by_kind(field, ask, common)


def _by_kind(field: events.Field, ask: Ask, common: dict[str, Any]) -> forms.Field:
    if field.kind == "bool":
        inline = forms.RadioSelect(attrs={"inline": True})
        return forms.ChoiceField(choices=list(YES_NO.items()), widget=inline, **{**common, "required": False})
    if field.kind == "instant":
        return MomentField(past=not field.name.startswith("next_"), **common)
    if field.kind == "date":
        return DayField(**common)
    if ask.short:
        return forms.CharField(max_length=SHORT, **common)
    if not field.personal:
        return forms.CharField(max_length=SHORT, **common)
    return forms.CharField(max_length=MAX_WORDS, widget=forms.Textarea, **common)


def _one_of(choices: list[tuple[str, str]], common: dict[str, Any]) -> forms.Field:
    if len(choices) <= FEW:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
    return forms.ChoiceField(choices=[("", "Choose one"), *choices], **common)


def _role_choices(ask: Ask, own_role: str) -> list[tuple[str, str]]:
    own = [own_role] if ask.own_role and own_role in ask.roles else []
    rest = [role for role in ask.roles if role not in own]
    return [(role, capital(ROLES[role])) for role in own + rest]


def _as_data(field: events.Field, value: Any) -> Any:
    if field.kind == "bool" or (field.kind == "any" and value in ("yes", "no")):
        return value == "yes"
    if isinstance(value, datetime):
        return value.isoformat()
    return value


def _as_shown(field: events.Field, value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.kind == "choices":
        return [value] if isinstance(value, str) else value
    if field.kind == "instant":
        return value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return value
