"""Hands one message to the SMTP server and says what came of it."""

import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from lantern.alerts.channels.email.wording import body, subject
from lantern.alerts.channels.outcome import PASSING, PERMANENT, SENT, Outcome, Parcel

_FOR_EVER = 500  # from this SMTP code on, the server will answer the same again


class Email:
    """One connection to the SMTP server, opened when first needed and kept for the messages of a round."""

    name = "email"

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def send(self, parcel: Parcel) -> Outcome:
        """Try once; see the README for what is permanent."""
        try:
            if self._connection is None:
                self._connection = get_connection()
                self._connection.open()
            self._message(parcel).send()
        except smtplib.SMTPRecipientsRefused as refused:
            return self._answered(max((code for code, _ in refused.recipients.values()), default=0), about_them=True)
        except smtplib.SMTPResponseException as answer:
            # a sender or a sign-in that is refused is ours to mend: the message waits
            return self._answered(answer.smtp_code, about_them=isinstance(answer, smtplib.SMTPDataError))
        except (smtplib.SMTPException, OSError) as problem:
            self.close()
            return Outcome(PASSING, type(problem).__name__)
        return Outcome(SENT)

    def close(self) -> None:
        """Let go of the connection; a server that is already gone is no matter."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except (smtplib.SMTPException, OSError):
                return

    def _answered(self, code: int, *, about_them: bool) -> Outcome:
        self.close()
        return Outcome(PERMANENT if about_them and code >= _FOR_EVER else PASSING, str(code))

    def _message(self, parcel: Parcel) -> EmailMessage:
        link = settings.ADDRESS.rstrip("/") + parcel.path
        host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
        return EmailMessage(
            subject(parcel.level),
            body(parcel.level, link, repeated=parcel.repeated),
            to=[parcel.address],
            headers={"Message-ID": f"<{parcel.message_id}@{host}>", "Auto-Submitted": "auto-generated"},
            connection=self._connection,
        )
