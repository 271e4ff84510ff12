"""`lantern adopt`: which protocol is in force for an authority, from when until when."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from lantern.actions.adopt_pack import adopt_pack
from lantern.commands import adopt
from lantern.evaluations.models import Adoption
from lantern.evaluations.which_pack import NotAnEdition
from lantern.record.actor import Actor
from tests.personas import NOON, World

PACK = "kingston-richmond-2023"
DAY = timedelta(days=1)


def run(command, *words):
    return CliRunner().invoke(command, list(words))


def test_an_authority_adopts_a_pack_that_can_be_read_and_no_other(world: World, time_machine) -> None:
    time_machine.move_to(NOON)
    for words, why in (
        (("Atlantis", PACK), "No agency is the local authority Atlantis"),
        (("Kingston", "no-such-pack"), "cannot be adopted"),
        (("Kingston", f"{PACK}@1999"), "cannot be adopted"),
    ):
        refused = run(adopt.command, *words, "--from", "2026-01-01")
        assert refused.exit_code == 1, refused.output
        assert why in refused.output
    assert run(adopt.command, "Kingston", PACK).exit_code == 2
    assert not Adoption.objects.exists()
    done = run(adopt.command, "Kingston", PACK, "--from", "2026-01-01", "--until", "2026-07-01")
    assert done.exit_code == 0, done.output
    listed = run(adopt.command, "--list").output
    assert f"Kingston: {PACK}@" in listed
    assert "from 2026-01-01 until 2026-07-01" in listed
    assert Adoption.objects.get().until.isoformat() == "2026-06-30T23:00:00+00:00"


def test_adoptions_of_an_authority_never_overlap(world: World) -> None:
    by = Actor(None, "head_of_service", "kingston")

    def put(pack, since, until=None):
        adopt_pack(authority="Kingston", pack=pack, edition=None, since=since, until=until, by=by, at=NOON)

    put(PACK, NOON, NOON + 10 * DAY)
    put("dfe-2014", NOON + 5 * DAY)
    spans = Adoption.objects.order_by("since").values_list("pack", "since", "until")
    assert list(spans) == [(PACK, NOON, NOON + 5 * DAY), ("dfe-2014", NOON + 5 * DAY, None)]
    for since, until in ((NOON - DAY, NOON + DAY), (NOON + 3 * DAY, None), (NOON + DAY, NOON)):
        with pytest.raises(NotAnEdition):
            put(PACK, since, until)
    put("dfe-2014", NOON + 5 * DAY, NOON + 20 * DAY)
    assert Adoption.objects.filter(until=NOON + 20 * DAY, pack="dfe-2014").exists()
    assert Adoption.objects.count() == 2
