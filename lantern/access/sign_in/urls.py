"""The addresses of sign-in: the few of the library's that are wanted, each with its rule. There is no sign-up."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import URLPattern, path

from lantern.access.rules import PUBLIC, SIGNED_IN, SIGNING_IN, Rule, access_rule
from lantern.access.sign_in.views import enrol


def _at(route: str, view: Any, name: str, rule: Rule) -> URLPattern:
    found: URLPattern = path(route, access_rule(rule)(view), name=name)
    return found


urlpatterns = [
    _at("sign-in/", account.login, "account_login", PUBLIC),
    _at("sign-in/code/", mfa.authenticate, "mfa_authenticate", PUBLIC),
    _at("sign-out/", account.logout, "account_logout", PUBLIC),
    _at("account/closed/", account.account_inactive, "account_inactive", PUBLIC),
    _at("account/confirm/", account.reauthenticate, "account_reauthenticate", SIGNING_IN),
    _at("account/password/", account.password_change, "account_change_password", SIGNED_IN),
    _at("account/second-factor/", mfa.index, "mfa_index", SIGNED_IN),
    _at("account/second-factor/confirm/", mfa.reauthenticate, "mfa_reauthenticate", SIGNED_IN),
    _at("account/second-factor/app/add/", enrol, "mfa_activate_totp", SIGNING_IN),
    _at("account/second-factor/app/remove/", totp.deactivate_totp, "mfa_deactivate_totp", SIGNED_IN),
    _at("account/second-factor/codes/", recovery.view_recovery_codes, "mfa_view_recovery_codes", SIGNED_IN),
    _at("account/second-factor/codes/new/", recovery.generate_recovery_codes, "mfa_generate_recovery_codes", SIGNED_IN),
    _at(
        "account/second-factor/codes/file/", recovery.download_recovery_codes, "mfa_download_recovery_codes", SIGNED_IN
    ),
    _at("account/second-factor/keys/", webauthn.list_webauthn, "mfa_list_webauthn", SIGNED_IN),
    _at("account/second-factor/keys/add/", webauthn.add_webauthn, "mfa_add_webauthn", SIGNED_IN),
    _at(
        "account/second-factor/keys/confirm/",
        webauthn.reauthenticate_webauthn,
        "mfa_reauthenticate_webauthn",
        SIGNED_IN,
    ),
    _at("account/second-factor/keys/<int:pk>/remove/", webauthn.remove_webauthn, "mfa_remove_webauthn", SIGNED_IN),
    _at("account/second-factor/keys/<int:pk>/edit/", webauthn.edit_webauthn, "mfa_edit_webauthn", SIGNED_IN),
]
