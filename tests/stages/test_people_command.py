"""Agencies and people, set up from the command line."""

import pytest
from click.testing import CliRunner
from django.urls import reverse

from lantern.access.context import system
from lantern.access.models import Agency, Membership, Person
from lantern.commands import agencies, people
from tests.personas import World

EMAIL = "nell.ward@derby.example"
NEW = ["add", EMAIL, "Nell Ward", "--agency", "derby", "--role", "social_worker"]


def run(command, *words, **more):
    return CliRunner().invoke(command, [str(word) for word in words], **more)


def test_an_agency_is_added_once_and_an_authority_needs_its_short_name(world: World) -> None:
    added = run(agencies.command, "add", "york", "City of York", "--kind", "authority", "--authority", "York")
    assert added.exit_code == 0, added.output
    for words, why in (
        (("york", "Another", "--kind", "police"), "already"),
        (("leeds", "Leeds", "--kind", "authority"), "short name"),
        (("leeds", "Leeds", "--kind", "authority", "--authority", "York"), "already"),
        (("leeds", "Leeds", "--kind", "circus"), "one of authority, police"),
        (("le eds", "Leeds", "--kind", "police"), "no code"),
    ):
        refused = run(agencies.command, "add", *words)
        assert refused.exit_code == 1, words
        assert why in refused.output
    assert "york\tCity of York\tauthority\tYork" in run(agencies.command, "list").output
    assert not Agency.objects.filter(name__in=["Another", "Leeds"]).exists()


def test_somebody_new_signs_in_with_the_password_shown_once_and_must_add_a_second_factor(world: World, client) -> None:
    added = run(people.command, *NEW)
    assert added.exit_code == 0, added.output
    password = added.output.split()[-1]
    given = client.post(reverse("account_login"), {"login": EMAIL, "password": password})
    assert given.status_code == 302
    # nothing opens before the second factor
    assert client.get(reverse("account_change_password")).headers["Location"] == reverse("mfa_activate_totp")
    again = run(people.command, *NEW)
    assert again.exit_code == 1
    assert "already" in again.output
    listed = run(people.command, "list", "--agency", "derby").output
    assert f"{EMAIL}\tNell Ward\tsocial_worker@derby" in listed
    assert "kingston" not in listed
    assert password not in listed + again.output


@pytest.mark.parametrize(
    ("email", "agency", "role", "why"),
    [
        ("nobody", "derby", "social_worker", "not an e-mail address"),
        (EMAIL, "atlantis", "social_worker", "no agency atlantis"),
        (EMAIL, "derby", "wizard", "no role wizard"),
        (EMAIL, "derby", "duty_inspector", "no role duty_inspector at derby"),
    ],
)
def test_nobody_is_added_with_a_role_that_does_not_belong(world: World, email, agency, role, why) -> None:
    refused = run(people.command, "add", email, "Nell Ward", "--agency", agency, "--role", role)
    assert refused.exit_code == 1
    assert why in refused.output
    assert "password" not in refused.output
    assert not Person.objects.filter(name="Nell Ward").exists()


def test_a_typed_password_is_held_to_the_rules_and_not_shown(world: World) -> None:
    weak = run(people.command, *NEW, "--ask-password", input="password\npassword\n")
    assert weak.exit_code == 1
    assert not Person.objects.filter(email=EMAIL).exists()
    typed = "marmalade on the 9 o'clock"
    added = run(people.command, *NEW, "--ask-password", input=f"{typed}\n{typed}\n")
    assert added.exit_code == 0, added.output
    assert typed not in added.output
    assert Person.objects.get(email=EMAIL).check_password(typed)


def test_a_role_is_given_and_ended_and_only_one_that_is_held_ends(world: World) -> None:
    words = ("role", world.social_worker.email, "--agency", "kingston", "--role", "team_manager")
    held = Membership.objects.filter(person=world.social_worker, role="team_manager", until=None)
    assert run(people.command, *words).exit_code == 0
    assert held.count() == 1
    assert run(people.command, *words, "--end").exit_code == 0
    assert not held.exists()
    refused = run(people.command, *words, "--end")
    assert refused.exit_code == 1
    assert "has no role" in refused.output


def test_a_closed_account_sees_nothing_and_gets_no_role_until_it_is_opened(world: World, browse_as) -> None:
    email = world.social_worker.email
    browser, page = browse_as(world.social_worker), reverse("account_change_password")
    assert browser.get(page).status_code == 200
    assert "roles ended: 1" in run(people.command, "disable", email).output
    assert browser.get(page).status_code != 200
    words = ("role", email, "--agency", "kingston", "--role", "social_worker")
    assert "closed" in run(people.command, *words).output
    with system("test"):
        assert not Membership.objects.filter(person=world.social_worker, until=None).exists()
    assert run(people.command, "enable", email).exit_code == 0
    assert run(people.command, *words).exit_code == 0
    assert "nobody" in run(people.command, "disable", "nobody@derby.example").output
