"""The one view of the sign-in library that we change."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.views import ActivateTOTPView
from django.http import HttpResponse

from lantern.access.sign_in.factors import SECOND


class Enrol(ActivateTOTPView):
    """Adds an authenticator app; the code that proves it counts as the second factor of this session."""

    def form_valid(self, form: object) -> HttpResponse:
        """Keep the app, note the factor, and change the session's number, since it can now do more."""
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, SECOND, type="totp")
        self.request.session.cycle_key()
        return response


enrol = Enrol.as_view()
