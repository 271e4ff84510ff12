"""The base of every form: error messages that say what to do, an idempotency key, the version seen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from lantern.ui.form_fields import DayField, MomentField

MAX_WORDS = 4000  # characters of one answer; a page of writing, so that a slip of the clipboard is caught


class GovForm(forms.Form):
    """A form of the design system.

    at: the present instant; moments may not be after it. mark_optional: whether labels say that an answer may be left
    out; not where all of them may.
    """

    mark_optional = True

    def __init__(self, data: Mapping[str, Any] | None = None, *, at: datetime, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.at = at
        for field in self.fields.values():
            _word_required(field)
            if isinstance(field, DayField | MomentField) and field.past:
                field.not_after = at


class SafeForm(GovForm):
    """A form that changes a record: harmless when sent twice, and nothing is lost when another person was faster.

    `key` makes a repeated submission the same act; `seen` is the number of the child's last event when the form was
    opened; `words_seen` says that the person was shown words to think about and kept them.
    """

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    words_seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=8)

    def keep_from(self) -> int | None:
        """The number of the last event the person had seen, or None for a record that did not exist."""
        return self.cleaned_data.get("seen")


def _word_required(field: forms.Field) -> None:
    label = str(field.label or "")
    if not label or not field.required:
        return
    choosing = isinstance(field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.Select)
    verb = "Select" if choosing else "Enter"
    if label.endswith("?"):
        field.error_messages["required"] = f"{verb} an answer: {label}"
    else:
        field.error_messages["required"] = f"{verb} {label[0].lower()}{label[1:]}"
