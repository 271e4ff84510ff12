"""Parts of pages that are kept: never longer than they are true, and none for long."""

from datetime import timedelta

from django.utils.safestring import SafeString

from lantern.pages.duty_html import item
from lantern.pages.duty_lines import TAGS, DutyLine, MissingFact
from lantern.ui.components import Link
from lantern.ui.kept import Kept
from lantern.ui.times import Moment
from tests.pages.scene import NOW

HOUR = timedelta(hours=1)


def test_what_nobody_asks_for_is_let_go():
    kept = Kept(most=9, idle=HOUR)
    kept.keep("asked for", "a", NOW)
    kept.keep("forgotten", "b", NOW)
    assert kept.get("asked for", NOW + HOUR) == "a"
    kept.keep("new", "c", NOW + 2 * HOUR)
    assert kept.get("forgotten", NOW + 2 * HOUR) is None
    assert (kept.get("asked for", NOW + 2 * HOUR), kept.get("new", NOW + 2 * HOUR)) == ("a", "c")


def test_no_more_is_kept_than_there_is_room_for():
    kept = Kept(most=2, idle=HOUR)
    for number in range(5):
        kept.keep(number, str(number), NOW)
    assert [number for number in range(5) if kept.get(number, NOW)] == [3, 4]


def test_a_list_shows_the_reasons_as_they_are_now(scene, browse, questions):
    from lantern.access.context import system
    from lantern.duties.models import Duty

    reader = browse(scene.world.inspector)
    reader.get("/duties/")
    with questions() as asked:
        reader.client.get("/duties/")
    read_again = [statement for statement in asked if '"duties_duty"."because"' in statement]
    assert read_again == [], "what did not change is not read again"
    with system("test"):
        for duty in Duty.objects.filter(stage="open"):
            duty.because = {"parts": [{"clause": "a newer clause", "verdict": "yes"}]}
            duty.digest = bytes(reversed(bytes(duty.digest)))
            duty.save()
    assert "a newer clause" in reader.get("/duties/").text


def test_an_item_of_a_list_escapes_what_it_is_given():
    raw = "<b>&"
    line = DutyLine(
        href=raw,
        says=raw,
        state="overdue",
        tag=TAGS["overdue"],
        when=raw,
        due=Moment(raw, "2026-03-04T15:00:00+00:00"),
        owner=raw,
        strength=raw,
        assumed=True,
        missing=(MissingFact(raw, raw), MissingFact(raw, "")),
        answer=Link(raw, raw, raw),
        answered=raw,
        why=SafeString("<p>why</p>"),
        about=Link(raw, raw),
        about_detail=raw,
    )
    html = item(line)
    assert "<b>" not in html
    assert html.count("&lt;b&gt;&amp;") == 16
    assert "<p>why</p>" in html
