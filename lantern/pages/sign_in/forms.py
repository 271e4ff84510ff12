"""The library's own forms, with words that say what to do."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms

CODE_HINT = "Six figures from your authenticator app, or one of your recovery codes."


def _word(field: forms.Field, label: str, required: str, hint: str = "") -> None:
    field.label, field.help_text = label, hint
    field.error_messages["required"] = required


class SignInForm(LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["login"], "Work e-mail address", "Enter your work e-mail address")
        _word(self.fields["password"], "Password", "Enter your password")


class CodeForm(AuthenticateForm):
    """The second factor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["code"], "Code", "Enter the code", CODE_HINT)
        self.fields["code"].widget.attrs |= {"data-width": "code", "inputmode": "numeric"}


class CodeAgainForm(ReauthenticateCodeForm):
    """The second factor once more, before a change to the account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["code"], "Code", "Enter the code", CODE_HINT)
        self.fields["code"].widget.attrs |= {"data-width": "code", "inputmode": "numeric"}


class PasswordAgainForm(ReauthenticateForm):
    """The password once more, before a change to the account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["password"], "Password", "Enter your password")


class NewCodeForm(ActivateTOTPForm):
    """The first code of a new authenticator."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["code"], "Code from the app", "Enter the code that the app shows")
        self.fields["code"].widget.attrs |= {"data-width": "code", "inputmode": "numeric"}


class NewPasswordForm(ChangePasswordForm):
    """A new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self.fields["oldpassword"], "Present password", "Enter your present password")
        _word(self.fields["password1"], "New password", "Enter a new password", "At least 12 characters.")
        _word(self.fields["password2"], "New password again", "Enter the new password again")
