"""The report as a person read it, and to which child it belongs."""

from collections.abc import Sequence
from typing import Any

from django import forms

from lantern.pages.report.forms import ReportNewForm

NEW = "new"


class ReleaseForm(ReportNewForm):
    """The report form, with the known children it may be about."""

    child = forms.ChoiceField(label="Which child is it about?", widget=forms.RadioSelect, initial=NEW)
    field_order = ("child", *ReportNewForm.field_order)

    def __init__(self, *args: Any, candidates: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.fields["child"]
        if isinstance(asked, forms.ChoiceField):
            asked.choices = [*candidates, (NEW, "A child who is not listed")]
        for name in ("given_name", "family_name"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """A child who is not listed needs a name."""
        given = super().clean() or {}
        if given.get("child") == NEW:
            for name in ("given_name", "family_name"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, f"Enter the {str(self.fields[name].label).lower()}")
        return given
