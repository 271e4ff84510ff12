"""A child placed in another authority's area: what each side owes by its own text, in both directions.

The first pack is the responsible authority's and the second the host's.
"""

from datetime import datetime
from functools import cache

import pytest

from lantern import engine
from lantern.engine.scenarios import _london, _story_line
from tests.packs.moments import ROOT

EVENING = (
    "2026-03-02 18:00 absence_noticed whereabouts=unknown by=carer",
    "2026-03-02 18:30 report_received received_by=police by=carer",
    "2026-03-02 18:40 police_recorded system=COMPACT by=police_officer",
    "2026-03-02 18:45 party_notified party=front_door by=police_officer",
)
BACK = "2026-03-03 11:00 child_returned to=placement by=carer"
KINGSTON, NORFOLK = "kingston-richmond-2023", "norfolk-2024"
LIVERPOOL, NORTH_LINCOLNSHIRE = "liverpool-2014", "north-lincolnshire-2021"
GUIDANCE, BIRMINGHAM = "dfe-2014", "birmingham-2015"


@cache
def _pack(name: str) -> engine.Pack:
    (folder,) = (path.parent for path in ROOT.glob(f"{name}/*/pack.yaml"))
    return engine.load_folder(folder)


class Placed:
    """A looked-after child of one authority in the area of another, and what both packs make of the story."""

    def __init__(self, responsible: tuple[str, str], host: tuple[str, str]) -> None:
        self.packs = [_pack(responsible[0]), _pack(host[0])]
        self.places = {"responsible_authority": responsible[1], "host_authority": host[1]}

    def at(self, moment: str, *story: str, **facts: object) -> dict[str, engine.DutyResult]:
        """The last instance of each duty by `name@owner`, once the story has come that far."""
        profile = {
            **_story_line("2026-01-05 09:00 profile_recorded"),
            "id": "profile",
            "date_of_birth": "2012-05-01",
            "looked_after": {"legal_basis": "s31"},
            "placement": {"kind": "foster"},
            **self.places,
            **facts,
        }
        lines = [{**_story_line(line), "id": str(number)} for number, line in enumerate((*EVENING, *story))]
        evaluation = engine.evaluate(self.packs, engine.Log.of([profile, *lines]), _london(moment))
        return {f"{duty.rule.name}@{duty.owed_by}": duty for duty in evaluation.duties}


OUR_CHILD_THERE = Placed((KINGSTON, "Kingston"), (NORFOLK, "Norfolk"))
THEIR_CHILD_HERE = Placed((NORFOLK, "Norfolk"), (KINGSTON, "Kingston"))
LIVERPOOL_CHILD = Placed((LIVERPOOL, "Liverpool"), (NORTH_LINCOLNSHIRE, "North Lincolnshire"))
NORTH_LINCOLNSHIRE_CHILD = Placed((NORTH_LINCOLNSHIRE, "North Lincolnshire"), (LIVERPOOL, "Liverpool"))
DERBY_CHILD = Placed((GUIDANCE, "Derby"), (BIRMINGHAM, "Birmingham"))
BIRMINGHAM_CHILD = Placed((BIRMINGHAM, "Birmingham"), (GUIDANCE, "Derby"))
EVERY_PAIR = {
    "Kingston in Norfolk": OUR_CHILD_THERE,
    "Norfolk in Kingston": THEIR_CHILD_HERE,
    "Liverpool in North Lincolnshire": LIVERPOOL_CHILD,
    "North Lincolnshire in Liverpool": NORTH_LINCOLNSHIRE_CHILD,
    "Derby in Birmingham": DERBY_CHILD,
    "Birmingham in Derby": BIRMINGHAM_CHILD,
}


def _cited(duty: engine.DutyResult) -> set[tuple[str, str]]:
    """Pack and place of each citation, the way that a duty of two packs lists them."""
    return {(cite["pack"].split("@")[0], cite["at"]) for cite in duty.cites}


def _by(pack: str, duty: engine.DutyResult) -> bool:
    return duty.pack.startswith(pack) and not duty.also


def _due(duty: engine.DutyResult) -> datetime:
    assert duty.due_at is not None
    return duty.due_at


@pytest.mark.parametrize("placed", EVERY_PAIR.values(), ids=EVERY_PAIR)
def test_the_responsible_authority_tells_the_host_of_the_placement_and_of_the_episode(placed: Placed) -> None:
    owed = placed.at("2026-03-02 19:00")
    assert owed["host_letter@social_worker"].state == "due_now"
    assert owed["notify.host_authority@social_worker"].state == "due_now"
    told = placed.at("2026-03-02 20:00", "2026-03-02 19:30 party_notified party=host_authority by=social_worker")
    assert told["notify.host_authority@social_worker"].state == "met"


@pytest.mark.parametrize("placed", EVERY_PAIR.values(), ids=EVERY_PAIR)
def test_the_carer_tells_the_responsible_authority(placed: Placed) -> None:
    told = "2026-03-02 18:35 party_notified party=responsible_authority by=carer"
    assert placed.at("2026-03-02 18:36", told)["notify.responsible_authority@carer"].state == "met"
    assert placed.at("2026-03-02 18:34")["notify.responsible_authority@carer"].state == "due_now"


@pytest.mark.parametrize("placed", EVERY_PAIR.values(), ids=EVERY_PAIR)
def test_in_its_own_area_nobody_writes_to_another_authority(placed: Placed) -> None:
    at_home = placed.at("2026-03-02 19:00", host_authority=placed.places["responsible_authority"])
    for name in ("host_letter@social_worker", "notify.host_authority@social_worker"):
        assert name not in at_home


def test_norfolk_tells_the_social_worker_of_the_kingston_child_at_once_and_sends_the_reports() -> None:
    owed = OUR_CHILD_THERE.at("2026-03-02 19:00")
    assert owed["notify.social_worker#by_front_door@front_door"].state == "due_now"
    assert (NORFOLK, "Other authority, line 72") in _cited(owed["notify.social_worker#by_front_door@front_door"])
    assert _by(NORFOLK, owed["placing_authority_letter@front_door"])
    by_telephone = "2026-03-02 19:30 party_notified party=responsible_authority channel=telephone by=front_door"
    sent = "2026-03-02 19:40 party_notified party=responsible_authority channel=email by=front_door"
    assert (
        OUR_CHILD_THERE.at("2026-03-02 20:00", by_telephone)["placing_authority_letter@front_door"].state == "due_now"
    )
    assert OUR_CHILD_THERE.at("2026-03-02 20:00", sent)["placing_authority_letter@front_door"].state == "met"


def test_kingston_talks_to_the_police_of_the_place_and_refers_an_exploited_child_there() -> None:
    risk = {"level": "suspected", "kinds": ["sexual"]}
    owed = OUR_CHILD_THERE.at("2026-03-02 19:00", exploitation=risk)
    assert _by(KINGSTON, owed["notify.police#local_force@social_worker"])
    assert owed["referral.pre_mace@social_worker"].state == "due_now"
    none = OUR_CHILD_THERE.at("2026-03-02 19:00", exploitation={"level": "none"})
    assert "referral.pre_mace@social_worker" not in none
    here = THEIR_CHILD_HERE.at("2026-03-02 19:00", exploitation=risk)
    for of_our_child in ("notify.police#local_force@social_worker", "referral.pre_mace@social_worker"):
        assert of_our_child not in here


def test_the_shorter_limit_stands_with_the_places_of_both_texts() -> None:
    there = OUR_CHILD_THERE.at("2026-03-03 12:00", BACK)["safe_and_well_check#other@police"]
    here = THEIR_CHILD_HERE.at("2026-03-03 12:00", BACK)["safe_and_well_check#other@police"]
    for duty in (there, here):
        assert _due(duty) == _london("2026-03-03 14:00:00")
        assert {(KINGSTON, "s.8.5, lines 320-333"), (NORFOLK, "Return, line 78")} <= _cited(duty)


def test_norfolk_adds_the_episode_of_its_own_child_elsewhere_and_writes_no_letter_to_itself() -> None:
    owed = THEIR_CHILD_HERE.at("2026-03-02 19:00")
    assert owed["record_in_case_file#placed_outside@front_door"].state == "due_now"
    assert "placing_authority_letter@front_door" not in owed
    assert "notify.front_door#placed_outside@social_worker" not in owed


def test_a_norfolk_social_worker_who_hears_first_tells_the_front_door() -> None:
    heard = "2026-03-02 18:35 party_notified party=social_worker by=carer"
    owed = THEIR_CHILD_HERE.at("2026-03-02 18:44", heard)
    assert owed["notify.front_door#placed_outside@social_worker"].state == "due_now"
    there = OUR_CHILD_THERE.at("2026-03-02 18:44", heard)
    assert "notify.front_door#placed_outside@social_worker" not in there


def test_north_lincolnshire_sends_its_form_to_liverpool_and_expects_the_notice_of_placement() -> None:
    owed = LIVERPOOL_CHILD.at("2026-03-02 19:00")
    assert _by(NORTH_LINCOLNSHIRE, owed["placing_authority_letter@front_door"])
    assert owed["host_letter#placed_here@responsible_authority"].strength == "should"
    assert _by(LIVERPOOL, owed["placement_plan_update#out_of_city@social_worker"])
    back = LIVERPOOL_CHILD.at("2026-03-03 12:00", BACK)
    assert _by(NORTH_LINCOLNSHIRE, back["transfer_acceptance#return_interview@return_interviewer"])


def test_liverpool_writes_to_north_lincolnshire_and_keeps_the_placement_on_record() -> None:
    owed = NORTH_LINCOLNSHIRE_CHILD.at("2026-03-02 19:00")
    assert _by(LIVERPOOL, owed["placing_authority_letter@front_door"])
    assert owed["record_in_case_file#placement_notified@front_door"].state == "due_now"
    places = _cited(owed["host_letter@social_worker"])
    assert (NORTH_LINCOLNSHIRE, "Out of area, line 624") in places
    assert (LIVERPOOL, "S5 Other Local Authority Placement, lines 1377-1378") in places
    assert "host_letter#placed_here@responsible_authority" not in owed


def test_a_child_of_an_authority_without_a_pack_has_the_guidance_and_the_pack_of_the_host() -> None:
    owed = DERBY_CHILD.at("2026-03-02 19:00")
    assert {(GUIDANCE, "para 58, line 1544"), (BIRMINGHAM, "line 492")} <= _cited(
        owed["notify.host_authority@social_worker"]
    )
    interview = DERBY_CHILD.at("2026-03-03 12:00", BACK)["return_interview@return_interviewer"]
    assert _due(interview) == _london("2026-03-06 11:00:00")
    assert {(GUIDANCE, "para 32, line 1438"), (BIRMINGHAM, "s.6, lines 1120-1122")} <= _cited(interview)


def test_birmingham_tells_the_host_that_its_child_is_back() -> None:
    owed = BIRMINGHAM_CHILD.at("2026-03-03 12:00", BACK)
    assert _by(BIRMINGHAM, owed["return_notice.host_authority@social_worker"])
    told = BIRMINGHAM_CHILD.at(
        "2026-03-03 12:00", BACK, "2026-03-03 11:30 return_notified to=host_authority by=social_worker"
    )
    assert told["return_notice.host_authority@social_worker"].state == "met"
