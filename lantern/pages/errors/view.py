"""The pages of errors.  None says whether a record exists; the last two ask nothing of the database."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from lantern.pages.errors.context import ErrorPage
from lantern.plumbing.errors import Unavailable
from lantern.ui.page import render

NOT_THERE = ErrorPage(
    heading="Page not found",
    lines=(
        "There is no such page, or it is not yours to open.",
        "If you need to see a child's record and cannot, ask the authority that is responsible for the child.",
    ),
)
REFUSED = ErrorPage(
    heading="You cannot do that",
    lines=(
        "Your session may have ended, or this form was open for too long.",
        "Go back, copy what you wrote, open the page again and try once more.",
    ),
)
BROKEN = ErrorPage(
    heading="Sorry, something went wrong",
    lines=(
        "What you sent was not saved. Go back, copy what you wrote and try again in a few minutes.",
        "If a child is in danger, do not wait for Lantern: call 999.",
    ),
)
AWAY = ErrorPage(
    heading="Lantern is not available",
    lines=(
        "Lantern cannot reach its records at the moment. What you sent was not saved.",
        "Try again in a few minutes. If a child is in danger, do not wait: call 999.",
    ),
)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same for what is absent and what is refused."""
    return render(request, NOT_THERE, status=404)


def refused(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """403, and a form whose token does not fit."""
    return render(request, REFUSED, status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """500, or 503 where what we lean on is away."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError | Unavailable)
    page, status = (AWAY, 503) if away else (BROKEN, 500)
    html = render_to_string(page.TEMPLATE, {"heading": page.heading, "lines": page.lines})
    return HttpResponse(html, status=status)
