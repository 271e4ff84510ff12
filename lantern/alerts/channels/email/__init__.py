"""E-mail by SMTP: a level and a link, no name, no story."""

from lantern.alerts.channels.email.send import Email

__all__ = ["Email"]
