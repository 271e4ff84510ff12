"""The one door: who comes through, who is refused, and what is written down."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError

from lantern.access import gate, grants, seen
from lantern.access.context import acting, system
from lantern.access.errors import NotThere, RefusedByAccess
from lantern.access.may import may
from lantern.access.models import CaseRole, ReadAudit
from lantern.access.permissions import Permission
from tests.personas import NOON, World
from tests.questions import Questions

ALLOWED = ("social_worker", "team_manager", "front_door", "inspector", "coordinator", "foster_carer")
REFUSED = ("other_worker", "former_worker", "analyst", "auditor", "administrator")


@pytest.mark.parametrize("context", ["person", "system"])
def test_only_those_with_a_role_in_an_agency_of_the_case_come_through(world: World, context: str) -> None:
    for name in ALLOWED + REFUSED:
        person = getattr(world, name)
        # in a system context the database shows everything: the gate must hold by itself
        with acting(person) if context == "person" else system("test"):
            if name in ALLOWED:
                assert gate.child_for(person, world.child.ref, "test", NOON) == world.child
                assert list(gate.children_visible_to(person)) == [world.child]
            else:
                with pytest.raises(NotThere):
                    gate.child_for(person, world.child.ref, "test", NOON)
                with pytest.raises(NotThere):
                    gate.child_by_id(person, world.child.id, "test", NOON)
                with pytest.raises(NotThere):
                    gate.note_shown(person, [world.child.id], "test", NOON)
                assert not gate.children_visible_to(person).exists()


def test_absent_and_refused_are_the_same_error(world: World) -> None:
    with acting(world.other_worker):
        errors = []
        for ref in (world.child.ref, "K7Q2M9XD", "", "../../etc"):
            with pytest.raises(NotThere) as caught:
                gate.child_for(world.other_worker, ref, "test", NOON)
            errors.append(repr(caught.value))
    assert len(set(errors)) == 1


def test_every_look_and_every_refusal_is_written_without_a_name(world: World) -> None:
    with acting(world.inspector):
        gate.child_for(world.inspector, world.child.ref, "child page", NOON)
    with acting(world.other_worker), pytest.raises(NotThere):
        gate.child_for(world.other_worker, world.child.ref, "child page", NOON)
    with system("test"):
        shown, refused = ReadAudit.objects.order_by("id")
    assert (shown.person_id, shown.agency_code, shown.role) == (world.inspector.id, "met", "duty_inspector")
    assert (shown.child_id, shown.because, shown.at) == (world.child.id, "police", NOON)
    assert (refused.outcome, refused.child_id, refused.agency_code) == ("refused", None, "")


def test_a_look_is_written_in_the_transaction_that_shows_it(world: World) -> None:
    def look_and_fail() -> None:
        with acting(world.inspector):
            gate.child_for(world.inspector, world.child.ref, "child page", NOON)
            assert ReadAudit.objects.exists()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        look_and_fail()
    with system("test"):
        assert not ReadAudit.objects.exists()


def test_a_look_cannot_be_changed_removed_or_written_for_another(world: World) -> None:
    with acting(world.inspector):
        gate.child_for(world.inspector, world.child.ref, "child page", NOON)
    tries = [
        lambda: ReadAudit.objects.update(purpose="other"),
        lambda: ReadAudit.objects.all()._raw_delete("default"),
        lambda: ReadAudit.objects.create(
            person_id=world.social_worker.id, page="x", purpose="x", outcome="shown", at=NOON
        ),
    ]
    with acting(world.inspector):
        for attempt in tries:
            with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
                attempt()
    with system("test"):
        assert ReadAudit.objects.get().purpose == "child page"


def test_those_with_the_right_see_who_looked_and_why_they_could(world: World) -> None:
    with acting(world.inspector):
        gate.note_shown(world.inspector, [world.child.id, world.child.id], "missing now", NOON)
    with acting(world.social_worker):
        (look,) = seen.looks_at(world.child.id)
        readers = seen.who_can_see(world.child.id)
    assert (look.person, look.at) == ("Ines Porter", NOON)
    assert look.why == "Metropolitan Police was the child's police, and they were its police duty inspector."
    assert [(reader.agency, reader.part) for reader in readers] == [
        ("Kingston upon Thames", "responsible authority"),
        ("Metropolitan Police", "police"),
        ("Harbour Fostering", "provider of care"),
    ]
    with acting(world.other_worker):
        assert (seen.looks_at(world.child.id), seen.who_can_see(world.child.id)) == ([], [])


def test_an_auditor_sees_the_looks_of_their_own_agency_alone(world: World) -> None:
    for person in (world.social_worker, world.inspector):
        with acting(person):
            gate.child_for(person, world.child.ref, "child page", NOON)
    with acting(world.auditor):
        assert [look.person for look in seen.looks_by_agency("kingston")] == ["Sam Okafor"]
        assert seen.looks_by_agency("met") == []
    with acting(world.analyst):
        assert seen.looks_by_agency("kingston") == []


def test_an_answer_comes_with_its_reason(world: World) -> None:
    asked = [
        (world.social_worker, "social worker at Kingston upon Thames, which is the child's responsible authority"),
        (world.other_worker, "none of their agencies has a part in this child's case"),
        (world.analyst, "no role of theirs may open the record of a child whose case their agency has a part in"),
    ]
    for person, because in asked:
        with acting(person):
            decision = may(person, Permission.SEE_CHILD, world.child.id)
        assert decision.because == because
        assert decision.allowed is (person == world.social_worker)
    with acting(world.inspector):
        assert may(world.inspector, Permission.GRADE_RISK, world.child.id).allowed
    with acting(world.social_worker):
        assert not may(world.social_worker, Permission.GRADE_RISK, world.child.id).allowed


def test_a_part_in_the_case_opens_and_its_end_shuts(world: World) -> None:
    with acting(world.social_worker):
        grants.give_case_role(world.child.id, world.derby, "host_authority", NOON)
        grants.give_case_role(world.child.id, world.derby, "host_authority", NOON)
    with acting(world.other_worker):
        assert gate.child_for(world.other_worker, world.child.ref, "test", NOON) == world.child
    with acting(world.social_worker):
        assert len(seen.who_can_see(world.child.id)) == 4
        with pytest.raises(ProgrammingError), transaction.atomic(), acting(world.auditor):
            grants.give_case_role(world.child.id, world.derby, "police", NOON)
    with system("test"):
        grants.end_case_role(world.child.id, world.derby, "host_authority", NOON + timedelta(hours=1))
        assert CaseRole.objects.filter(agency=world.derby).count() == 1
    with acting(world.other_worker), pytest.raises(NotThere):
        gate.child_for(world.other_worker, world.child.ref, "test", NOON)


def test_a_restricted_record_is_for_its_named_readers(world: World) -> None:
    with system("test"):
        grants.restrict(world.child.id, "A relative works for the council.", [world.social_worker], NOON)
        with pytest.raises(NotThere):
            gate.child_for(world.team_manager, world.child.ref, "test", NOON)
        assert not gate.children_visible_to(world.team_manager).exists()
        assert gate.child_for(world.social_worker, world.child.ref, "test", NOON) == world.child
        grants.lift_restriction(world.child.id, NOON)
        assert gate.child_for(world.team_manager, world.child.ref, "test", NOON) == world.child


def test_a_role_is_given_only_where_it_belongs(world: World) -> None:
    with system("test"):
        assert grants.give_role(world.inspector, world.met, "police_sergeant", NOON).role == "police_sergeant"
        for agency, role in ((world.kingston, "duty_inspector"), (world.met, "social_worker"), (world.met, "wizard")):
            with pytest.raises(RefusedByAccess):
                grants.give_role(world.inspector, agency, role, NOON)


def test_the_number_of_questions_does_not_grow_with_the_number_of_children(world: World, questions: Questions) -> None:
    from uuid import uuid4

    with system("test"):
        many = [uuid4() for _ in range(50)]
        for child_id in many:
            grants.give_case_role(child_id, world.met, "police", NOON)
        with questions() as asked:
            gate.note_shown(world.inspector, many, "missing now", NOON)
        assert len(asked) == 4, "roles, parts, restrictions, and what is noted"
        assert ReadAudit.objects.count() == 50
