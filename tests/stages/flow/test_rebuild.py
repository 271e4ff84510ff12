"""Projections can be thrown away: made again from the record they are the same, byte for byte."""

from lantern.access import context
from lantern.actions import judge, rebuild, tend
from lantern.alerts.models import Message
from lantern.duties.models import Duty
from lantern.evaluations import run
from lantern.evaluations.models import Standing
from lantern.plumbing import sql
from tests.flow.world import AT, DAY, HOUR, happened, reported
from tests.stages.flow.test_evaluations import rows


def several_children(world):
    first = reported(world)
    second = reported(world, given_name="Wren", date_of_birth="2012-01-01")
    happened(world, first, "risk_graded", "met", "duty_inspector", AT + HOUR, level="high")
    happened(world, first, "child_located", "met", "police_officer", AT + 2 * HOUR)
    happened(world, second, "child_located", "met", "police_officer", AT + 5 * HOUR)


def test_a_rebuild_gives_byte_equal_rows_and_tells_nobody_again(world):
    several_children(world)
    tend.tend(AT + DAY)
    with context.system("test"):
        messages = Message.objects.count()
    assert rebuild.compare(at=AT + DAY).differing == []
    with context.system("test"):
        assert Duty.objects.count() == 6
        assert Message.objects.count() == messages


def test_a_row_that_is_not_what_the_record_gives_is_found_and_mended(world):
    several_children(world)
    tend.tend(AT + DAY)
    with context.system("test"):
        good = rows("duties_duty")
        Duty.objects.filter(stage="open").update(digest=b"", says="something else")
    assert rebuild.compare(at=AT + DAY).differing == ["duties_duty"]
    rebuild.rebuild(at=AT + DAY)
    with context.system("test"):
        assert [row[2:] for row in rows("duties_duty")] == [row[2:] for row in good]
    assert rebuild.compare(at=AT + DAY).differing == []


def test_a_rebuild_writes_nothing_when_nothing_changed(world):
    several_children(world)
    tend.tend(AT + DAY)
    with context.system("test"):
        before = rows("duties_duty")
    done = rebuild.rebuild(at=AT + DAY)
    assert (done.children, done.changed, done.failed) == (2, 0, 0)
    with context.system("test"):
        assert rows("duties_duty") == before


def test_shares_of_children_are_judged_one_after_another_and_a_rule_that_fails_harms_its_own_child_alone(
    world, monkeypatch
):
    several_children(world)
    third = reported(world, given_name="Robin", date_of_birth="2013-01-01")
    with context.system("test"):
        good = rows("duties_duty")
        rebuild._throw_away()
        sql.together(("DELETE FROM evaluations_standing WHERE child_id = %s", [third.child.id]))
    evaluate = run.engine.evaluate

    def fails_for_the_third(packs, log, *rest):
        if str(third.child.id) in log.children:
            raise ZeroDivisionError
        return evaluate(packs, log, *rest)

    monkeypatch.setattr(judge, "AT_ONCE", 1)
    with monkeypatch.context() as broken:
        broken.setattr(run.engine, "evaluate", fails_for_the_third)
        assert vars(rebuild.rebuild(at=AT + DAY)) == {"children": 3, "changed": 3, "failed": 1, "differing": []}
    with context.system("test"):
        assert set(Standing.objects.filter(failed_since=None).values_list("child_id", flat=True)) == {
            child for child in Standing.objects.values_list("child_id", flat=True) if child != third.child.id
        }
        assert not Duty.objects.filter(child=third.child).exists()
    assert rebuild.rebuild(at=AT + DAY).failed == 0
    with context.system("test"):
        assert {row[2] for row in rows("duties_duty")} == {row[2] for row in good}
