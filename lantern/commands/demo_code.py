"""`lantern demo-code`: what a demo person's phone would show."""

import click

from lantern.commands.cli import django_setup
from lantern.plumbing import clock
from lantern.plumbing.errors import Misconfigured


@click.command()
@click.argument("email")
def command(email: str) -> None:
    """Print the present sign-in code of the demo person EMAIL. Only in a demonstration's database."""
    django_setup("demo")
    from allauth.mfa import app_settings
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
    from allauth.mfa.utils import decrypt
    from django.conf import settings

    from lantern.commands import demo_people

    if email not in {person["email"] for person in demo_people.load(settings.VAR)}:
        raise Misconfigured(f"{email} is not a person of this demonstration: make demo lists them.")
    kept = Authenticator.objects.get(user__email=email, type=Authenticator.Type.TOTP)
    counter = int(clock.now().timestamp()) // app_settings.TOTP_PERIOD
    click.echo(format_hotp_value(hotp_value(decrypt(kept.data["secret"]), counter)))
