"""Duties: what the differ writes and says, who owns them, when to look at them, who sees them."""

import shutil
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from lantern.access import context, grants
from lantern.actions.acknowledge_duty import acknowledge_duty
from lantern.actions.correct_event import correct_event
from lantern.actions.judge import judge
from lantern.actions.record_event import record_event
from lantern.duties import attention, differ
from lantern.duties.models import Duty
from lantern.duties.owners import PARTS_OF_ROLE, Case
from lantern.duties.queries import find_due, missing_now, my_duties, of_episode
from lantern.engine import load_pack
from lantern.engine.roles import ROLES
from lantern.evaluations import which_pack
from lantern.evaluations.models import EpisodeNow
from lantern.plumbing.errors import Refused
from lantern.record import load
from tests.flow.fixtures import PACKS
from tests.flow.world import AT, DAY, HOUR, MINUTE, happened, reported
from tests.stages.flow.test_evaluations import rows


@pytest.fixture
def changes(monkeypatch):
    """Every list of changes that the differ gave."""
    found = []
    apply = differ.apply
    monkeypatch.setattr(
        differ, "apply", lambda judged, at, **named: found.append(apply(judged, at, **named)) or found[-1]
    )
    return found


def kinds(changes):
    return {change.duty.duty if change.duty else "": change.kind for change in changes}


def test_the_differ_says_what_changed_and_writes_those_rows_alone(world, changes):
    known = reported(world)
    assert kinds(changes[-1]) == {"initial_risk_grading": "arisen"}
    happened(world, known, "risk_graded", "met", "duty_inspector", AT + HOUR, level="medium")
    assert kinds(changes[-1]) == {"initial_risk_grading": "met"}
    happened(world, known, "child_located", "met", "police_officer", AT + 3 * HOUR)
    assert kinds(changes[-1]) == {"safe_and_well_check": "arisen", "return_interview": "arisen"}
    with context.system("test"):
        before = {row[2]: row[0] for row in rows("duties_duty")}
    happened(world, known, "safe_and_well_done", "met", "police_officer", AT + 7 * HOUR, method="in_person")
    assert kinds(changes[-1]) == {"safe_and_well_check": "met_late"}
    with context.system("test"):
        rewritten = [row[2] for row in rows("duties_duty") if before[row[2]] != row[0]]
        late = Duty.objects.get(duty="safe_and_well_check")
    # in a test all is one transaction, so that only the row's place can tell; the differ's own list is exact
    assert set(rewritten) <= {late.id}
    assert (late.stage, late.met_at, late.next_look_at) == ("met_late", AT + 7 * HOUR, None)


def test_a_correction_moves_and_withdraws_duties(world, changes):
    known = reported(world)
    happened(world, known, "child_located", "met", "police_officer", AT + HOUR)
    officer = world.actor("met", "police_officer")
    with context.system("test"):
        located = load.log_of([known.child.id])[-1]
    later = {"event": "child_located", "episode": str(known.episode.id), "occurred_at": (AT + 2 * HOUR).isoformat()}
    correct_event(known.child, known.episode, located["id"], later, by=officer, at=AT + 3 * HOUR)
    assert kinds(changes[-1])["return_interview"] == "due_changed"
    assert {change.due_before for change in changes[-1] if change.kind == "due_changed"} == {
        AT + 4 * HOUR,
        AT + 73 * HOUR,
    }
    correct_event(known.child, known.episode, located["id"], None, by=officer, at=AT + 4 * HOUR)
    gone = [change for change in changes[-1] if change.kind == "withdrawn"]
    assert len(gone) == 2
    with context.system("test"):
        assert [duty.duty for duty in Duty.objects.all()] == ["initial_risk_grading"]
        assert Duty.objects.get().stage == "open"


def test_every_role_of_the_vocabulary_has_its_part_in_a_case():
    assert PARTS_OF_ROLE.keys() == ROLES.keys()


def test_a_duty_falls_to_the_agency_that_holds_the_part_of_its_role():
    case = Case(
        {"responsible_authority": "kingston", "host_authority": "surrey", "police": "met"}, host_pack="surrey@1"
    )
    owner = case.agency_for
    assert owner("duty_inspector", "kingston@1") == "met"
    assert owner("social_worker", "surrey@1") == "kingston"
    assert owner("front_door", "surrey@1") == "surrey"
    assert owner("front_door", "kingston@1") == "kingston"
    assert owner("foster_carer", "kingston@1") == "kingston"
    assert owner("charity_return_service", "kingston@1") == ""
    assert Case({"responsible_authority": "kingston", "provider": "elms"}).agency_for("carer", "") == "elms"


@dataclass
class Open:
    stage: str = "open"
    arose_at: datetime | None = AT
    due_at: datetime | None = AT + 2 * HOUR
    answered_at: datetime | None = None
    needs_answer: bool = False
    strength: str = "must"


def levels(duty, until=AT + 10 * DAY):
    return [(look.when - AT, look.level, look.step) for look in attention.looks(duty) if look.when < until]


def test_a_duty_is_due_soon_then_overdue_then_climbs_while_nobody_answers():
    assert levels(Open())[:3] == [(1.5 * HOUR, "due_soon", 0), (2 * HOUR, "overdue", 0), (2 * HOUR + DAY, "climb", 1)]
    climbs = [when for when, level, _ in levels(Open(needs_answer=True)) if level == "climb"]
    assert climbs == [0.5 * HOUR, HOUR, 1.5 * HOUR, 2 * HOUR]
    answered = Open(needs_answer=True, answered_at=AT + 10 * MINUTE)
    assert levels(answered)[2] == (2 * HOUR + 30 * MINUTE, "climb", 1)
    assert not [each for each in levels(Open(answered_at=AT + 3 * HOUR)) if each[1] == "climb"]
    assert not [each for each in levels(Open(strength="may")) if each[1] == "climb"]
    assert levels(Open(stage="met")) == []


def test_a_limit_is_closed_at_its_instant_a_duty_is_not_yet_overdue():
    duty = Open()
    assert attention.passed(duty, AT, AT + 2 * HOUR) == [attention.Look(AT + 1.5 * HOUR, "due_soon")]
    after = attention.passed(duty, AT, AT + 2 * HOUR + MINUTE)
    assert [look.level for look in after] == ["overdue"]
    assert attention.next_look(duty, AT + 2 * HOUR) == AT + 2 * HOUR


def test_due_duties_are_found_by_an_index_the_longest_waiting_child_first(world):
    first = reported(world)
    second = reported(world, at=AT - HOUR, given_name="Wren", date_of_birth="2012-01-01")
    with context.system("test"):
        assert find_due(AT + HOUR, 10) == [second.child.id]
        assert find_due(AT + 2 * HOUR, 10) == [second.child.id, first.child.id]
        assert find_due(AT + 2 * HOUR, 1) == [second.child.id]


def test_my_duties_are_those_of_my_roles_in_my_agencies_and_nobody_elses(world):
    known = reported(world)
    happened(world, known, "child_located", "met", "police_officer", AT + HOUR)
    expected = {
        ("met", "police_officer"): [("safe_and_well_check", "upcoming")],
        ("kingston", "social_worker"): [("return_interview", "upcoming")],
        ("kingston", "team_manager"): [],
        ("richmond", "social_worker"): [],
    }
    for who, duties in expected.items():
        person = world.people[who]
        with context.acting(person):
            assert [(now.duty.duty, now.state) for now in my_duties(person, AT + 2 * HOUR)] == duties
    officer = world.people["met", "police_officer"]
    with context.acting(officer):
        assert [now.state for now in my_duties(officer, AT + 4 * HOUR)] == ["upcoming"]
        assert [now.state for now in my_duties(officer, AT + 4 * HOUR + MINUTE)] == ["overdue"]
        assert [now.duty.duty for now in of_episode(known.episode, AT + 2 * HOUR)] == [
            "safe_and_well_check", "return_interview", "initial_risk_grading",
        ]  # fmt: skip
        assert Duty.objects.count() == 3
    stranger = world.people["richmond", "social_worker"]
    with context.acting(stranger):
        assert of_episode(known.episode, AT + 2 * HOUR) == []
        assert Duty.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "agency", "acts_for_it", "others"),
    [
        ("police", "met", ["police_officer", "police_sergeant", "duty_inspector"], [("elms", "residential_manager")]),
        ("carer", "elms", ["residential_manager"], [("met", "duty_inspector"), ("kingston", "social_worker")]),
        ("responsible_authority", "kingston", ["front_door", "team_manager"], [("kingston", "social_worker")]),
    ],
)
def test_what_a_body_owes_is_among_the_duties_of_those_who_act_for_it_and_of_nobody_else(
    world, monkeypatch, tmp_path, body, agency, acts_for_it, others
):
    copy = shutil.copytree(PACKS, tmp_path / "packs")
    duties = copy / "dfe-2014/2014-01/duties/reported.yaml"
    duties.write_text(duties.read_text().replace("owed_by: duty_inspector", f"owed_by: {body}"))
    pack = load_pack("dfe-2014", root=copy)
    monkeypatch.setattr(which_pack, "pack", lambda name, edition=None: pack)
    reported(world)
    strangers = [("cedars", "residential_manager"), ("surrey", "front_door"), ("richmond", "social_worker")]
    expected = {(agency, role): ["initial_risk_grading"] for role in acts_for_it}
    expected |= {who: [] for who in [*others, *strangers]}
    for who, owed in expected.items():
        person = world.people[who]
        with context.acting(person):
            assert [now.duty.duty for now in my_duties(person, AT + HOUR)] == owed, who


def test_missing_now_shows_who_is_away_the_gravest_first_to_those_who_need_to_know(world):
    low = reported(world)
    high = reported(world, at=AT + MINUTE, given_name="Wren", date_of_birth="2012-01-01")
    reported(world, at=AT + 2 * MINUTE, given_name="Jay", date_of_birth="2013-01-01", responsible_authority="Richmond",
             host_authority="Richmond")  # fmt: skip
    found = reported(world, given_name="Kit", date_of_birth="2014-01-01")
    happened(world, low, "risk_graded", "met", "duty_inspector", AT + HOUR, level="low")
    happened(world, high, "risk_graded", "met", "duty_inspector", AT + HOUR, level="high")
    happened(world, found, "child_located", "met", "police_officer", AT + HOUR)

    def names(agency, role):
        person = world.people[agency, role]
        with context.acting(person):
            return [row.card.given_name for row in missing_now(person, AT + 3 * HOUR)]

    assert names("kingston", "front_door") == ["Wren", "Rowan"]
    assert names("met", "duty_inspector") == ["Wren", "Jay", "Rowan"]
    assert names("richmond", "front_door") == ["Jay"]
    assert names("surrey", "front_door") == []


def test_missing_now_counts_what_is_open_and_overdue(world):
    reported(world)
    person = world.people["met", "duty_inspector"]
    with context.acting(person):
        (row,) = missing_now(person, AT + 3 * HOUR)
    assert (row.next_due, row.open, row.overdue, row.stale) == (AT + 2 * HOUR, 1, 1, False)


def test_a_duty_is_accepted_by_the_owners_agency_in_a_role_that_answers_for_the_owner_alone(world):
    known = reported(world)
    happened(world, known, "child_located", "met", "police_officer", AT + HOUR)
    with context.system("test"):
        duty = Duty.objects.select_related("child", "episode").get(duty="safe_and_well_check")
    others = world.actor("kingston", "social_worker"), world.actor("met", "duty_inspector")
    for by in (*others, replace(world.actor("met", "police_officer"), agency="kingston")):
        with pytest.raises(Refused, match="Somebody else owes this duty"):
            acknowledge_duty(duty=duty, by=by, at=AT + 70 * MINUTE)
    with context.system("test"):
        assert not [line for line in load.log_of([known.child.id]) if line["event"] == "duty_acknowledged"]
    acknowledge_duty(duty=duty, by=world.actor("met", "police_officer"), at=AT + 80 * MINUTE)
    with context.system("test"):
        assert Duty.objects.get(duty="safe_and_well_check").answered_at == AT + 80 * MINUTE


def test_what_the_log_holds_counts_as_accepted_only_from_the_receiver(world):
    known = reported(world)
    happened(world, known, "child_located", "met", "police_officer", AT + HOUR)

    def answered():
        with context.system("test"):
            return Duty.objects.get(duty="safe_and_well_check").answered_at

    def accepted(by, at):
        fields = {"duty": "safe_and_well_check", "by": by.role}
        record_event(known.child, known.episode, "duty_acknowledged", at, fields, by=by, at=at)

    accepted(world.actor("kingston", "social_worker"), AT + 70 * MINUTE)
    accepted(world.actor("met", "duty_inspector"), AT + 72 * MINUTE)  # the agency, and a role that owes nothing
    accepted(replace(world.actor("met", "police_officer"), agency="kingston"), AT + 74 * MINUTE)  # the role elsewhere
    assert answered() is None
    accepted(world.actor("met", "police_officer"), AT + 80 * MINUTE)
    assert answered() == AT + 80 * MINUTE


def test_a_duty_keeps_its_address_and_owner_follows_the_case(world):
    known = reported(world)
    with context.system("test"):
        before = Duty.objects.get()
        assert before.owner_agency == "met"
        grants.end_case_role(known.child.id, world.agencies["met"], "police", AT + HOUR)
    judge(known.child, at=AT + HOUR)
    with context.system("test"):
        after = Duty.objects.get()
    assert (after.id, after.owner_agency) == (before.id, "")


def test_a_duty_of_which_a_fact_is_missing_is_mine_until_the_absence_is_closed(world):
    known = reported(world)
    inspector = world.people["met", "duty_inspector"]
    with context.system("test"):
        Duty.objects.update(stage="cannot_tell", next_look_at=None, digest=b"", mark=b"")

    def mine():
        with context.acting(inspector):
            return [now.state for now in my_duties(inspector, AT + HOUR)]

    assert mine() == ["cannot_tell"]
    with context.system("test"):
        EpisodeNow.objects.filter(episode=known.episode).update(state="closed")
    assert mine() == []
