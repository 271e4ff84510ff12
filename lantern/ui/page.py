"""A page is a view, a context and a template; this is what every context has and how it is rendered.

Each field of a context is `Annotated` with the help that says what the template shows with it.
"""

from dataclasses import dataclass, fields
from typing import Annotated, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as django_render


@dataclass(frozen=True, kw_only=True)
class Page:
    """What the base template needs of every page.  `TEMPLATE` is the page's own."""

    TEMPLATE: ClassVar[str]

    heading: Annotated[str, "The one h1 and the title of the page; never carries a name"]


def render(request: HttpRequest, page: Page, status: int = 200) -> HttpResponse:
    """Render the page's template with exactly its fields."""
    context = {each.name: getattr(page, each.name) for each in fields(page)}
    return django_render(request, page.TEMPLATE, context, status=status)
