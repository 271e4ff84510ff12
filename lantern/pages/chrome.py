"""What surrounds every page: navigation by what the person may do, who is signed in, and the headings of sign-in."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from lantern.access.permissions import NEED_A_CASE, Permission
from lantern.access.sign_in.factors import has_second_factor
from lantern.pages.who import who_asks
from lantern.ui.components import Chrome, NavItem

_NAVIGATION: tuple[tuple[str, str, Permission], ...] = (
    ("Missing now", "missing_now", Permission.SEE_CHILD),
    ("My duties", "my_duties", Permission.SEE_DUTIES),
    ("Report a missing child", "report", Permission.REPORT_MISSING),
    ("Find a child", "find", Permission.SEE_CHILD),
    ("Unread reports", "quarantine", Permission.HANDLE_INTAKE),
    ("Protocols", "protocols", Permission.SEE_PROTOCOLS),
    ("SSDA903", "ssda903", Permission.SEE_FIGURES),
)
_SIGN_IN_HEADINGS = {
    "account_login": "Sign in",
    "mfa_authenticate": "Enter your code",
    "account_logout": "Sign out",
    "account_inactive": "This account is closed",
    "account_reauthenticate": "Enter your password again",
    "account_change_password": "Change your password",
    "mfa_index": "How you sign in",
    "mfa_reauthenticate": "Enter your code again",
    "mfa_activate_totp": "Set up your authenticator app",
    "mfa_deactivate_totp": "Remove your authenticator app",
    "mfa_view_recovery_codes": "Your recovery codes",
    "mfa_generate_recovery_codes": "Make new recovery codes",
    "mfa_list_webauthn": "Your security keys",
    "mfa_add_webauthn": "Add a security key",
    "mfa_reauthenticate_webauthn": "Use your security key",
    "mfa_remove_webauthn": "Remove a security key",
    "mfa_edit_webauthn": "Rename a security key",
}
# where the exit button leads: a page that anybody might have open
EXIT = "https://www.bbc.co.uk/weather"


def first_page(request: HttpRequest) -> str:
    """Name of the address that a person without children to see starts from."""
    who = who_asks(request)
    asked = (target for _, target, permission in _NAVIGATION if permission not in NEED_A_CASE and who.may(permission))
    own = [target for target in asked if target != "protocols"]
    return own[0] if own else "protocols" if who.may(Permission.SEE_PROTOCOLS) else "mfa_index"


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context of every template that is rendered with a request."""
    match = request.resolver_match
    name = (match.url_name if match else "") or ""
    heading = {"heading": _SIGN_IN_HEADINGS[name]} if name in _SIGN_IN_HEADINGS else {}
    if not has_second_factor(request):
        return heading
    who = who_asks(request)
    items = tuple(
        NavItem(words, reverse(target), name == target)
        for words, target, permission in _NAVIGATION
        if who.may(permission)
    )
    return {
        **heading,
        "chrome": Chrome(navigation=items, signed_in_as=who.words, lock_href=reverse("account_logout"), exit_href=EXIT),
    }
