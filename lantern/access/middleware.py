"""What happens to every request before and after its view.

Within      sign-in required unless the address says otherwise; the view runs inside one transaction and one
            context: the person's, or that of somebody signing in. A failure rolls it back, a refusal does not.
Limits      a session ends after some idle time and after a long shift, whichever comes first.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from lantern.access import request as answered
from lantern.access.context import acting, signing_in
from lantern.access.errors import NotThere
from lantern.access.may import may
from lantern.access.permissions import Permission
from lantern.access.rules import PUBLIC, SIGNING_IN, Rule, rule_of
from lantern.access.sign_in.factors import signed_in
from lantern.plumbing import clock
from lantern.plumbing.ids import new_id

Answer = Callable[[HttpRequest], HttpResponse]
BEGUN, LAST_SEEN = "lantern_begun", "lantern_last_seen"
# a session is written at most this often, however many pages are asked for
WRITE_EVERY = timedelta(seconds=60)
FAILED = 500  # the first status that says that we failed


class Limits:
    """Middleware: ends sessions that were idle too long or began too long ago."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out where a limit has passed, else note that the person is still there."""
        if request.user.is_authenticated:
            now = clock.now()
            if _is_over(request, now):
                logout(request)
            else:
                _note(request, now)
        return self.get_response(request)


class Within:
    """Middleware: the last before the view. Opens the context, asks the address's rule, answers."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer inside a context of the database."""
        token = answered.current.set(answered.Request(id=str(new_id()), found={}))
        person = signed_in(request)
        context = acting(person) if person else signing_in()
        try:
            with context:
                response = self.get_response(request)
                if response.status_code >= FAILED:
                    transaction.set_rollback(True)
                elif request.method == "POST" and answered.current.get().page == "account_logout":
                    # what the browser kept of a child's pages goes with the session
                    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        finally:
            answered.current.reset(token)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Send a stranger to sign in, and answer "not there" where the rule says no."""
        match = request.resolver_match
        name = (match.view_name if match else "") or getattr(view, "__name__", "")
        answered.current.set(replace(answered.current.get(), page=name))
        rule = rule_of(view)
        if rule is None:
            raise NotThere
        return None if rule is PUBLIC else _admit(request, rule)


def _admit(request: HttpRequest, rule: Rule) -> HttpResponseBase | None:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    person = signed_in(request)
    if rule is SIGNING_IN:
        return None
    if person is None:
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
    if isinstance(rule, Permission) and not may(person, rule).allowed:
        raise NotThere
    return None


def _is_over(request: HttpRequest, now: datetime) -> bool:
    begun, seen = (_instant(request, key) for key in (BEGUN, LAST_SEEN))
    idle = seen is not None and (now - seen).total_seconds() > settings.SESSION_IDLE_SECONDS
    long = begun is not None and (now - begun).total_seconds() > settings.SESSION_COOKIE_AGE
    return idle or long


def _note(request: HttpRequest, now: datetime) -> None:
    seen = _instant(request, LAST_SEEN)
    request.session.setdefault(BEGUN, now.isoformat())
    if seen is None or now - seen >= WRITE_EVERY:
        request.session[LAST_SEEN] = now.isoformat()


def _instant(request: HttpRequest, key: str) -> datetime | None:
    value = request.session.get(key)
    return datetime.fromisoformat(value) if value else None
