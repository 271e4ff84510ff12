"""The components of the design system as template tags.  Templates load this library and nothing else."""

from collections.abc import Sequence
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from lantern.ui.components import Entry, Row, Table, Tag
from lantern.ui.form_fields import DayWidget, MomentWidget

register = template.Library()

_FOLDER = "ui/components/"
ROWS, DJANGOS_ROWS = 4, "10"  # the lines of a box for writing; what Django sets where nobody said
_SHORT = {"number": "govuk-input--width-5", "code": "govuk-input--width-10"}


@register.inclusion_tag(f"{_FOLDER}button.html")
def button(words: str, href: str = "", variant: str = "", name: str = "", value: str = "") -> dict[str, str]:
    """A button of a form, or with `href` a link that looks like one.  variant: secondary, warning."""
    return {"words": words, "href": href, "variant": variant, "name": name, "value": value}


@register.inclusion_tag(f"{_FOLDER}tag.html", name="tag")
def tag_(tag: Tag) -> dict[str, Tag]:
    """A state in a coloured box."""
    return {"tag": tag}


@register.inclusion_tag(f"{_FOLDER}summary_list.html")
def summary_list(rows: Sequence[Row]) -> dict[str, Any]:
    """Keys and values."""
    return {"rows": rows}


@register.inclusion_tag(f"{_FOLDER}timeline.html")
def timeline(entries: Sequence[Entry], level: int = 3) -> dict[str, Any]:
    """What happened, one item after another; `level` is the level of the items' headings."""
    return {"entries": entries, "level": level}


@register.inclusion_tag(f"{_FOLDER}table.html")
def table(table: Table) -> dict[str, Table]:
    """A table that becomes blocks on a narrow screen and, with JavaScript, sorts by a click on a column."""
    return {"table": table}


@register.inclusion_tag(f"{_FOLDER}error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """What is wrong with a form, each problem linked to its field."""
    problems = [(f"#{bound.auto_id}", message) for bound in form for message in bound.errors]
    problems = [("", message) for message in form.non_field_errors()] + problems
    return {"problems": problems}


@register.inclusion_tag(f"{_FOLDER}fields.html")
def fields(form: forms.BaseForm) -> dict[str, Any]:
    """All the fields of a form, hidden ones too."""
    return {"form": form}


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """One field: label, hint, error and control, by the kind of its widget."""
    widget = bound.field.widget
    kind = _kind_of(widget)
    hint, error = f"{bound.auto_id}-hint", f"{bound.auto_id}-error"
    context = {
        "bound": bound,
        "kind": kind,
        "hint": hint if bound.help_text else "",
        "error": error if bound.errors else "",
        "described_by": " ".join(([hint] if bound.help_text else []) + ([error] if bound.errors else [])),
        "options": _options(bound) if kind in ("radios", "checkboxes", "select") else [],
        "parts": widget.parts(bound.html_name, bound.auto_id, bound.value()) if kind == "moment" else [],
        "required_mark": " (optional)" if _is_optional(bound, kind) else "",
        "rows": ROWS if str(widget.attrs.get("rows")) == DJANGOS_ROWS else widget.attrs.get("rows"),
        "type": getattr(widget, "input_type", "text"),
        "width": _SHORT.get(widget.attrs.get("data-width", ""), ""),
    }
    return render_to_string(f"{_FOLDER}field_{kind}.html", context)


def _is_optional(bound: BoundField, kind: str) -> bool:
    """Whether the label says so: not where "not known" is an answer, nor where a whole form is optional."""
    if bound.field.required or kind == "hidden" or not getattr(bound.form, "mark_optional", True):
        return False
    return all(value != "" for value, _ in getattr(bound.field, "choices", ()))


def _kind_of(widget: forms.Widget) -> str:
    if isinstance(widget, DayWidget | MomentWidget):
        return "moment"
    kinds: tuple[tuple[type[forms.Widget], str], ...] = (
        (forms.HiddenInput, "hidden"),
        (forms.Textarea, "textarea"),
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.Select, "select"),
    )
    return next((kind for cls, kind in kinds if isinstance(widget, cls)), "input")


def _options(bound: BoundField) -> list[dict[str, Any]]:
    given = bound.value()
    chosen = {str(each) for each in given} if isinstance(given, list | tuple | set) else {str(given or "")}
    choices = list(getattr(bound.field, "choices", ()))
    return [
        {
            "value": value,
            "words": words,
            "id": bound.auto_id if index == 0 else f"{bound.auto_id}-{index + 1}",
            "chosen": str(value) in chosen,
        }
        for index, (value, words) in enumerate(choices)
    ]


@register.simple_block_tag
def details(content: str, summary: str) -> SafeString:
    """More, one click away."""
    return format_html(
        '<details class="govuk-details"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        summary,
        content,
    )


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """A paragraph that stands apart."""
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def warning(content: str) -> SafeString:
    """Something that must not be overlooked."""
    return format_html(
        '<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
        '<strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning</span> {}</strong></div>',
        content,
    )


@register.simple_block_tag
def notification(content: str, title: str = "Important", kind: str = "") -> SafeString:
    """A banner at the top of the page: kind "success" when something was done."""
    return format_html(
        '<div class="govuk-notification-banner{}" role="{}" aria-label="{}" '
        'data-module="govuk-notification-banner"><div class="govuk-notification-banner__header">'
        '<h2 class="govuk-notification-banner__title">{}</h2></div>'
        '<div class="govuk-notification-banner__content">{}</div></div>',
        " govuk-notification-banner--success" if kind == "success" else "",
        "alert" if kind == "success" else "region",
        title,  # by label, not by id: a page may hold several banners
        conditional_escape(title),
        content,
    )
