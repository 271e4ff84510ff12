"""A duty as an item of a list, in HTML. Written here and not as a template, because lists hold hundreds of them."""

from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from lantern.ui.components import Link

if TYPE_CHECKING:
    from lantern.pages.duty_lines import DutyLine


def item(line: "DutyLine") -> SafeString:
    """`line` as a list item; every value is escaped but `why`, which is HTML already."""
    hidden = f'<span class="govuk-visually-hidden">, {escape(line.about.words)}</span>' if line.about else ""
    tag, when = line.tag, escape(line.when)
    return SafeString(
        f'<li class="lantern-duty lantern-duty--{line.state}">{_about(line)}'
        '<div class="lantern-duty__head"><p class="govuk-body lantern-duty__what">'
        f'<a class="govuk-link" href="{escape(line.href)}">{escape(line.says)}{hidden}</a></p>\n'
        f'<strong class="govuk-tag govuk-tag--{tag.colour}">{escape(tag.words)}</strong></div>'
        f'<p class="govuk-body lantern-duty__when">{_time(line.due.iso, when) if line.due else when}</p>'
        f'<p class="govuk-body-s lantern-duty__who">{_who(line)}</p>{"".join(_missing(line))}'
        f'<div class="lantern-duty__do">{_answer(line.answer)}{line.why}</div></li>\n'
    )


def _about(line: "DutyLine") -> str:
    if not line.about:
        return ""
    detail = f' <span class="lantern-note">{escape(line.about_detail)}</span>' if line.about_detail else ""
    return (
        '<p class="govuk-body lantern-line"><a class="govuk-link govuk-!-font-weight-bold" '
        f'href="{escape(line.about.href)}">{escape(line.about.words)}</a>{detail}</p>'
    )


def _time(iso: str, words: str) -> str:
    return f'<time datetime="{iso}">{words}</time>'


def _who(line: "DutyLine") -> str:
    answered = f". {escape(line.answered)}" if line.answered else ""
    assumed = ". <em>Rests on an assumption</em>" if line.assumed else ""
    return f"{escape(line.strength)} be done by: {escape(line.owner)}{answered}{assumed}"


def _missing(line: "DutyLine") -> list[str]:
    return [
        f'<p class="govuk-body lantern-line">Not known yet: <strong>{escape(each.fact)}</strong>'
        + (f". The {escape(each.who)} could say.</p>" if each.who else ".</p>")
        for each in line.missing
    ]


def _answer(link: Link | None) -> str:
    if not link:
        return ""
    about = f'<span class="govuk-visually-hidden"> {escape(link.about)}</span>' if link.about else ""
    return (
        '<p class="govuk-body govuk-!-margin-bottom-0">'
        f'<a class="govuk-link" href="{escape(link.href)}">{escape(link.words)}{about}</a></p>'
    )
