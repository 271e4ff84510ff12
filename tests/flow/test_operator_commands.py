"""What an operator puts in force, and what follows: an adoption whose day comes, a restriction on a record."""

from dataclasses import replace
from datetime import timedelta

from click.testing import CliRunner

from lantern.access import context, gate
from lantern.access.errors import NotThere
from lantern.actions.adopt_pack import adopt_pack
from lantern.actions.tend import tend
from lantern.commands import restrict
from lantern.evaluations import which_pack
from lantern.evaluations.models import Evaluation
from tests.flow.world import AT, HOUR, reported

NATIONAL, LOCAL = "dfe-2014", "local"


def run(command, *words):
    return CliRunner().invoke(command, list(words))


def test_the_worker_looks_again_at_who_is_away_when_the_day_of_an_adoption_comes(world, monkeypatch):
    one = which_pack.pack(NATIONAL)
    monkeypatch.setattr(which_pack, "pack", lambda name, edition=None: replace(one, name=name, edition=edition or "1"))
    known = reported(world)
    by, day = world.actor("kingston", "head_of_service"), AT + timedelta(minutes=2)
    adopt_pack(authority="Kingston", pack=LOCAL, edition=None, since=day, by=by, at=AT + timedelta(minutes=1))

    def governs():
        with context.system("test"):
            newest = Evaluation.objects.filter(child=known.child).order_by("-created_at").first()
        return newest.packs[0]["name"]

    tend(day - timedelta(seconds=1))
    assert governs() == NATIONAL
    tend(day + timedelta(seconds=1))
    assert governs() == LOCAL
    with context.system("test"):
        before = Evaluation.objects.count()
    assert tend(day + timedelta(seconds=2)).looked == 0
    with context.system("test"):
        assert Evaluation.objects.count() == before


def test_a_restricted_record_opens_for_its_readers_alone_until_it_is_lifted(world, time_machine):
    known = reported(world)
    time_machine.move_to(AT + HOUR)
    named, other = (world.people["kingston", role] for role in ("social_worker", "team_manager"))
    words = (known.child.ref, "--agency", "kingston")

    def opens(person):
        with context.acting(person):
            try:
                return gate.child_for(person, known.child.ref, "test", AT + HOUR) == known.child
            except NotThere:
                return False

    assert opens(named)
    assert opens(other)
    outsider = world.people["surrey", "social_worker"].email
    for refused in (
        run(restrict.command, known.child.ref, "--agency", "met", "--readers", named.email, "--reason", "threat"),
        run(restrict.command, *words, "--readers", outsider, "--reason", "threat"),
        run(restrict.command, *words, "--readers", named.email),
        run(restrict.command, *words, "--lift"),
        run(restrict.command, "NOSUCHREF", "--agency", "kingston", "--lift"),
    ):
        assert refused.exit_code == 1, refused.output
    assert opens(other)
    assert run(restrict.command, *words, "--readers", named.email, "--reason", "threat").exit_code == 0
    assert opens(named)
    assert not opens(other)
    assert run(restrict.command, *words, "--lift").exit_code == 0
    assert opens(other)
