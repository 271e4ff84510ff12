"""The SSDA903 Missing table of a collection year: the rows to look at, and the file."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from lantern.access.permissions import Permission
from lantern.access.rules import access_rule
from lantern.pages.ssda903.context import Ssda903
from lantern.pages.who import person_of, who_asks
from lantern.plumbing import clock
from lantern.plumbing.errors import Malformed
from lantern.record.models import Episode
from lantern.reporting.ssda903.file import british, file_name, file_text
from lantern.reporting.ssda903.model import LeftOut, Problem, Row
from lantern.reporting.ssda903.service import MayNotReport, Report, authorities_of, for_person
from lantern.reporting.ssda903.year import CollectionYear, year_of
from lantern.ui.components import Cell, Link, Table
from lantern.ui.forms import GovForm
from lantern.ui.page import render

YEARS_OFFERED = 6  # this year and those that may still be corrected


class ChooseForm(GovForm):
    """Year and authority: neither names anybody, so they may stand in the address."""

    year = forms.ChoiceField(label="Collection year")
    authority = forms.ChoiceField(label="Authority")


@access_rule(Permission.SEE_FIGURES)
@require_safe
def ssda903(request: HttpRequest) -> HttpResponse:
    """The rows, what stands in the way of others, and what was left out."""
    report, form = _made(request)
    refs = _refs(request, report)
    chosen = {"year": str(report.rows.year), "authority": report.authority or ""}
    return render(
        request,
        Ssda903(
            heading="SSDA903: missing from care",
            form=form,
            action=reverse("ssda903"),
            summary=_summary(report),
            rows=_rows_table(report, refs),
            problems=_problems_table(report.rows.problems, refs),
            left_out=_left_out_table(report.rows.left_out, refs),
            download_href=f"{reverse('ssda903_file')}?{urlencode(chosen)}" if report.rows.rows else "",
        ),
    )


@access_rule(Permission.SEE_FIGURES)
@require_safe
def ssda903_file(request: HttpRequest) -> HttpResponse:
    """The CSV file."""
    report, _ = _made(request)
    response = HttpResponse(file_text(report.rows.rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(str(report.rows.year))}"'
    return response


def _made(request: HttpRequest) -> tuple[Report, ChooseForm]:
    at = clock.now()
    authorities = authorities_of(person_of(request))
    if not authorities:
        raise Http404
    this_year = year_of(at)
    label = request.GET.get("year", str(this_year))
    authority = request.GET.get("authority", authorities[0])
    try:
        report = for_person(person_of(request), CollectionYear.parse(label), authority, at=at)
    except (Malformed, MayNotReport) as refused:
        raise Http404 from refused
    form = ChooseForm(at=at, initial={"year": label, "authority": authority})
    years = [CollectionYear(this_year.starts_in - back) for back in range(YEARS_OFFERED)]
    _offer(form, "year", [str(year) for year in years])
    _offer(form, "authority", authorities)
    return report, form


def _offer(form: ChooseForm, name: str, values: Iterable[str]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = [(value, value) for value in values]


def _refs(request: HttpRequest, report: Report) -> dict[str, str]:
    """Reference of each episode that this person may also open."""
    found = report.rows
    listed: tuple[Row | Problem | LeftOut, ...] = (*found.rows, *found.problems, *found.left_out)
    ids = [UUID(each.episode) for each in listed]
    if not who_asks(request).may(Permission.SEE_CHILD):
        return {}
    return {str(key): ref for key, ref in Episode.objects.filter(id__in=ids).values_list("id", "ref")}


def _summary(report: Report) -> str:
    rows, problems, left = (len(each) for each in (report.rows.rows, report.rows.problems, report.rows.left_out))
    words = [f"{rows} row{'' if rows == 1 else 's'} for {report.rows.year}"]
    if problems:
        words.append(f"{problems} absence{'' if problems == 1 else 's'} cannot be reported yet")
    if left:
        words.append(f"{left} left out")
    findings = len(report.findings)
    if findings:
        words.append(f"{findings} finding{'' if findings == 1 else 's'} of our checks")
    return ", ".join(words) + "."


def _rows_table(report: Report, refs: Mapping[str, str]) -> Table | None:
    if not report.rows.rows:
        return None
    return Table(
        caption="Rows of the file",
        columns=("Child", "Date of birth", "Missing or away", "Start", "End", "Episode"),
        rows=tuple(
            (
                Cell(row.child),
                Cell(british(row.date_of_birth), sort=row.date_of_birth.isoformat()),
                Cell("M, missing" if row.missing == "M" else "A, away without authorisation", sort=row.missing),
                Cell(british(row.started), sort=row.started.isoformat()),
                Cell(british(row.ended) or "Still open", sort=row.ended.isoformat() if row.ended else ""),
                _episode(row.episode, refs, "; ".join(row.notes)),
            )
            for row in report.rows.rows
        ),
        sortable=True,
    )


def _episode(episode: str, refs: Mapping[str, str], detail: str = "") -> Cell:
    if episode not in refs:
        return Cell("Not open to you" if not detail else "", detail=detail)
    return Cell("", link=Link("Open", reverse("episode", args=[refs[episode]]), "the episode"), detail=detail)


def _problems_table(problems: Sequence[Problem], refs: Mapping[str, str]) -> Table | None:
    if not problems:
        return None
    return Table(
        caption="Absences that cannot be reported yet",
        columns=("What is missing", "Who could supply it", "Episode"),
        rows=tuple((Cell(each.message), Cell(each.needs), _episode(each.episode, refs)) for each in problems),
    )


def _left_out_table(left_out: Sequence[LeftOut], refs: Mapping[str, str]) -> Table | None:
    if not left_out:
        return None
    return Table(
        caption="Left out",
        columns=("Why", "Episode"),
        rows=tuple((Cell(each.message), _episode(each.episode, refs)) for each in left_out),
    )
