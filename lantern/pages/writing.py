"""What every form that changes a record does: opens with the version seen, warns of words, survives a conflict."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, QueryDict

from lantern.pages.changes import NOTHING, Notes
from lantern.pages.event_words import entry_of
from lantern.pages.kind_words import prompts
from lantern.pages.lookups import agency_names, people_of
from lantern.plumbing.errors import Refused
from lantern.record.errors import BadEvent, Conflict, KeyReused
from lantern.record.load import seq_of, timeline
from lantern.record.models import Child
from lantern.ui.forms import SafeForm

ALREADY_SAVED = "This form was saved before with other answers. Go back and open it again to record something else."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a submission: done, or the form to show again with its notes."""

    done: bool
    form: SafeForm
    notes: Notes = NOTHING


def fresh(child: Child | None) -> dict[str, Any]:
    """First values of the hidden fields: a new key, and the number of the last event."""
    return {"key": uuid.uuid4().hex, "seen": seq_of(child.id) if child else 0}


def submit(
    request: HttpRequest,
    make: Callable[[QueryDict], SafeForm],
    act: Callable[[SafeForm], object],
    child: Child | None,
    at: datetime,
) -> Outcome:
    """Check the form, warn once of words that lay blame, act; on a conflict give the form back with what changed."""
    form = make(request.POST)
    if not form.is_valid():
        return Outcome(False, form)
    found = prompts(_texts(form))
    if found and not form.cleaned_data["words_seen"]:
        return Outcome(False, make(_with(request, words_seen="yes")), Notes(prompts=found))
    try:
        act(form)
    except Conflict as conflict:
        changed = _changes(child, form, at) if child else ()
        return Outcome(False, make(_with(request, seen=str(conflict.fields["seq"]))), Notes(changed=changed))
    except Refused as refused:
        return Outcome(False, form, _refusal(form, refused))
    return Outcome(True, form)


def _refusal(form: SafeForm, refused: Refused) -> Notes:
    """Puts what is wrong with a field beside the field; the rest stands above the form."""
    if isinstance(refused, KeyReused):
        return Notes(refused=(ALREADY_SAVED,))
    if not isinstance(refused, BadEvent):
        return Notes(refused=(str(refused),))
    for problem in refused.problems:
        form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    return NOTHING


def _texts(form: SafeForm) -> list[str]:
    hidden = {bound.name for bound in form.hidden_fields()}
    return [value for name, value in form.cleaned_data.items() if isinstance(value, str) and name not in hidden]


def _with(request: HttpRequest, **changed: str) -> QueryDict:
    data = request.POST.copy()
    for name, value in changed.items():
        data[name] = value
    return data


def _changes(child: Child, form: SafeForm, at: datetime) -> tuple[Any, ...]:
    seen = form.keep_from() or 0
    new = [item for item in timeline(child) if item.seq > seen]
    people, agencies = people_of(new), agency_names()
    return tuple(entry_of(item, at, people=people, agencies=agencies) for item in new)
