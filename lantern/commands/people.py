"""`lantern people`: who signs in, and with which roles."""

from typing import TYPE_CHECKING

import click

from lantern.commands.cli import django_setup, refusals
from lantern.plumbing import clock

if TYPE_CHECKING:
    from lantern.record.actor import Actor


@click.group()
def command() -> None:
    """Add people, give and end their roles, close accounts. Roles are those of docs/generated/roles.md."""
    django_setup("people")


@command.command()
@click.argument("email")
@click.argument("name")
@click.option("--agency", required=True, help="Code of the agency they work for.")
@click.option("--role", required=True, help="Their role there, such as social_worker.")
@click.option("--ask-password", is_flag=True, help="Type the first password here instead of having one made.")
def add(email: str, name: str, agency: str, role: str, ask_password: bool) -> None:
    """Add somebody. Their first password is shown this once; at first sign-in they add a second factor."""
    from lantern.access.people import random_password
    from lantern.actions.manage_people import add_person

    password = _typed() if ask_password else random_password()
    with refusals():
        add_person(
            email=email, name=name, agency=agency, role=role, password=password, by=_operator(agency), at=clock.now()
        )
    click.echo(f"{email} can sign in as {role} of {agency}, and adds a second factor the first time.")
    if not ask_password:
        click.echo(f"First password, shown this once: {password}")


@command.command()
@click.argument("email")
@click.option("--agency", required=True, help="Code of the agency.")
@click.option("--role", required=True, help="The role there.")
@click.option("--end", is_flag=True, help="End the role instead of giving it.")
def role(email: str, agency: str, role: str, end: bool) -> None:
    """Give somebody a role, or end it."""
    from lantern.actions import manage_people

    change = manage_people.end_role if end else manage_people.give_role
    with refusals():
        change(email=email, agency=agency, role=role, by=_operator(agency), at=clock.now())
    click.echo(f"{email} {'is no longer' if end else 'is'} {role} of {agency}.")


@command.command()
@click.argument("email")
def disable(email: str) -> None:
    """Close an account and end all its roles; whoever is signed in with it sees nothing any more."""
    from lantern.actions.manage_people import close_account

    with refusals():
        ended = close_account(email=email, by=_operator(), at=clock.now())
    click.echo(f"The account of {email} is closed; roles ended: {ended}.")


@command.command()
@click.argument("email")
def enable(email: str) -> None:
    """Open a closed account again, without roles, with the password and second factor of before."""
    from lantern.actions.manage_people import open_account

    with refusals():
        open_account(email=email, by=_operator(), at=clock.now())
    click.echo(f"The account of {email} is open; give it a role with lantern people role.")


@command.command("list")
@click.option("--agency", help="Only those with a role in the agency with this code.")
def list_(agency: str | None) -> None:
    """List people: address, name, roles in force, and whether the account is closed."""
    from lantern.access import context
    from lantern.access.models import Membership, Person

    with context.system("people command"):
        held: dict[object, list[str]] = {}
        for each in Membership.objects.filter(until=None).select_related("agency").order_by("agency__code", "role"):
            held.setdefault(each.person_id, []).append(f"{each.role}@{each.agency.code}")
        for person in Person.objects.order_by("email"):
            roles = held.get(person.id, [])
            if agency is None or any(role.endswith(f"@{agency}") for role in roles):
                state = "" if person.is_active else "closed"
                click.echo("\t".join([person.email, person.name, " ".join(roles), state]).rstrip())


def _operator(agency: str = "") -> "Actor":
    """Whoever has the server: nobody signs in at a command line."""
    from lantern.record.actor import Actor

    return Actor(None, "administrator", agency, source_kind="command", source_ref="people")


def _typed() -> str:
    """A password from the keyboard that the rules for passwords allow."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    password: str = click.prompt("First password", hide_input=True, confirmation_prompt=True)
    try:
        validate_password(password)
    except ValidationError as wrong:
        raise click.ClickException(" ".join(wrong.messages)) from wrong
    return password
