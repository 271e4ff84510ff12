"""The feed of police reports by e-mail: what is understood, what is doubted, and that nothing breaks it."""

from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import lantern.intake.feeds.police_email as feed
from lantern.engine.events import REGISTRY
from lantern.intake.feeds.police_email import pdf_text, values
from lantern.intake.feeds.police_email.compose import pdf
from lantern.intake.feeds.police_email.read import text_of_html
from lantern.intake.feeds.police_email.translate import translate
from tests.stages.police_mail import AT, FIELDS, mail

SAMPLES = Path(feed.__file__).parent / "samples"


@pytest.fixture(autouse=True)
def _trusted(settings):
    settings.POLICE_SENDERS = ["@police.example"]
    settings.MAIL_GATEWAY = "mx.lantern.example"


def codes(raw):
    return {problem.code for problem in translate(raw, AT).problems}


@pytest.mark.parametrize(("attach", "html"), [("pdf", False), ("text", False), ("", False), ("", True)])
def test_a_report_says_the_same_in_a_pdf_a_text_or_the_body(attach, html):
    found = translate(mail(attach=attach, html=html), AT)
    assert (found.problems, found.kind, found.force) == ((), "report", "Example Police")
    assert (found.identity.family_name, found.identity.given_name) == ("Fennimore", "Ash")
    assert (found.identity.date_of_birth, found.identity.police_reference) == (date(2011, 5, 9), "CMP/26/004411")
    events = {event.type: event for event in found.events}
    assert list(events) == [
        "profile_recorded", "absence_noticed", "report_received", "police_recorded", "category_set", "risk_graded",
    ]  # fmt: skip
    assert events["profile_recorded"].fields["looked_after"] == {"legal_basis": "s20"}
    assert not events["profile_recorded"].in_episode
    assert events["absence_noticed"].fields["missing_from"] == "placement"
    assert " ".join(events["absence_noticed"].fields["circumstances"].split()) == FIELDS["Circumstances"]
    assert events["report_received"].occurred_at == datetime(2026, 3, 2, 21, 5, tzinfo=UTC)
    assert events["report_received"].fields["reported_by_role"] == "carer"
    assert events["police_recorded"].fields == {"system": "COMPACT", "reference": "CMP/26/004411"}
    assert events["category_set"].fields == {"category": "missing", "decided_by_role": "police_sergeant"}
    assert events["risk_graded"].occurred_at == datetime(2026, 3, 2, 21, 20, tzinfo=UTC)
    assert events["risk_graded"].fields["decided_by_role"] == "duty_inspector"


def test_every_event_and_field_that_the_feed_can_make_is_of_the_vocabulary():
    endings = {"Located": "02/03/2026 21:22", "Place_found": "A friend", "Found_by": "Officers", "Harm_suspected": "No"}
    endings |= {"Returned": "02/03/2026 21:25", "Returned_to": "Placement", "Medication": "Insulin"}
    raw = mail(**endings, Safe_and_well_check="02/03/2026 21:28", Check_method="In person")
    events = translate(raw, AT).events
    assert len(events) == 9
    for event in events:
        assert set(event.fields) <= set(REGISTRY[event.type].fields)


def test_a_later_message_adds_only_what_can_be_new():
    update = translate(mail(Report_type="Update", Risk_level="High", without=["Reported"]), AT)
    assert [event.type for event in update.events] == ["profile_recorded", "category_set", "risk_graded"]
    found = translate(mail(Report_type="Located", Located="02/03/2026 21:25", Found_by="Officers"), AT)
    assert (found.kind, [event.type for event in found.events]) == ("located", ["profile_recorded", "child_located"])


def test_all_problems_are_told_at_once_each_with_its_place_and_none_with_a_word_of_the_message():
    found = translate(
        mail(attach="text", Surname="", Date_of_birth="31/02/2011", Risk_level="Purple", Reported="yesterday"), AT
    )
    assert {problem.code for problem in found.problems} == {"missing_field", "bad_date", "unknown_value", "bad_time"}
    places = " ".join(problem.place for problem in found.problems)
    assert "attachment (part 2, text/plain), Date of birth" in places
    assert "Purple" not in str(found.problems)
    assert found.events == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"Reported": "29/03/2026 01:30"}, "ambiguous_time"),
        ({"Reported": "25/10/2025 01:30"}, None),
        ({"Reported": "26/10/2025 01:30"}, "ambiguous_time"),
        ({"Reported": "26/10/2025 01:30 BST"}, None),
        ({"Reported": "02/03/2026 23:59"}, "in_the_future"),
        ({"Date_of_birth": "09/05/2031"}, "in_the_future"),
        ({"Risk_level": "High or low"}, "unknown_value"),
        ({"Legal_status": "No longer section 20"}, "unknown_value"),
        ({"Last_seen": "01/01/0001 00:00"}, "bad_time"),
        ({"Date_of_birth": "01/01/1900"}, "bad_date"),
        ({"Last_seen": "Not known"}, None),
        ({"Risk_level": "N/K"}, None),
        ({"COMPACT_reference": "x" * 500}, "bad_value"),
        ({"Report_type": "Located"}, "missing_field"),
    ],
)
def test_nothing_is_guessed(changes, code):
    assert codes(mail(attach="", **changes)) == ({code} if code else set())


def test_a_body_that_contradicts_the_attachment_is_set_before_a_person():
    message = EmailMessage()
    message["From"] = "missing@police.example"
    message["Authentication-Results"] = "mx.lantern.example; dmarc=pass header.from=police.example"
    message.set_content("Date of birth: 09/05/2012\nCircumstances: in short\n")
    message.add_attachment("\n".join(f"{label}: {value}" for label, value in FIELDS.items()), filename="report.txt")
    (problem,) = translate(message.as_bytes(), AT).problems
    assert problem.code == "contradiction"
    assert "body" in problem.place
    assert "attachment" in problem.place


PASS = "mx.lantern.example; dmarc=pass header.from=police.example"


@pytest.mark.parametrize(
    ("headers", "trusted"),
    [
        ([("From", "a@police.example"), ("Authentication-Results", PASS)], True),
        ([("From", '"a@police.example" <a@evil.example>'), ("Authentication-Results", PASS)], False),
        ([("From", "a@police.example"), ("From", "b@evil.example"), ("Authentication-Results", PASS)], False),
        ([("From", "a@police.example, b@evil.example"), ("Authentication-Results", PASS)], False),
        ([("From", "a@police.example")], False),
        ([("Authentication-Results", PASS)], False),
        ([("From", "a@police.example.evil.example"), ("Authentication-Results", PASS)], False),
        ([("From", "a@notpolice.example"), ("Authentication-Results", PASS)], False),
        ([("From", "a@police.example"), ("Authentication-Results", PASS.replace("=pass", "=fail"))], False),
        ([("From", "a@police.example"), ("Authentication-Results", PASS.replace("dmarc", "spf"))], False),
        ([("From", "a@police.example"), ("Authentication-Results", PASS.replace("from=police", "from=evil"))], False),
        ([("From", "a@police.example"), ("Authentication-Results", PASS.replace("mx.", "mx2."))], False),
        ([("From", "a@police.example"), ("Authentication-Results", f"mx.evil.example; {PASS}")], False),
        ([("From", "a@police.example"), ("Authentication-Results", f"mx.lantern.example; x=fail ({PASS})")], False),
        ([("From", "a@police.example"), ("Authentication-Results", PASS), ("Authentication-Results", PASS)], False),
        (
            [("From", "a@police.example"), ("Authentication-Results", "mx.lantern.example; dmarc=fail header.from=x"),
             ("Authentication-Results", PASS)],
            False,
        ),
        (
            [("From", "a@police.example"), ("Authentication-Results", "mx.evil.example; dmarc=pass"),
             ("Authentication-Results", PASS)],
            False,
        ),
        ([("From", "a@police.example"), ("ARC-Authentication-Results", f"i=1; {PASS}")], False),
        ([("From", "a@evil.example"), ("Sender", "a@police.example"), ("Authentication-Results", PASS)], False),
        ([("From", "a@evil.example"), ("Reply-To", "a@police.example"), ("Authentication-Results", PASS)], False),
    ],
)  # fmt: skip
def test_only_a_listed_sender_that_our_own_gateway_vouches_for_is_believed(headers, trusted):
    body = "\r\n".join(f"{label}: {value}" for label, value in FIELDS.items())
    raw = "\r\n".join(f"{name}: {value}" for name, value in headers) + "\r\n\r\n" + body
    doubted = codes(raw.encode()) & {"unverified_sender", "unknown_sender"}
    assert bool(doubted) is not trusted
    assert bool(translate(raw.encode(), AT).events) is trusted


def test_without_a_gateway_or_a_list_nobody_is_believed(settings):
    settings.MAIL_GATEWAY, settings.POLICE_SENDERS = "", []
    assert codes(mail(gateway="")) == {"unverified_sender", "unknown_sender"}


def test_html_is_words_alone():
    html = """<style>b{}</style><script>alert(1)</script><img src="https://evil.example/x.png" alt="no">
        <table><tr><th>Surname</th><td>O&#39;Dowd <a href="javascript:x">link</a></td></tr></table>a<br>b<!-- c -->"""
    lines = [line.strip() for line in text_of_html(html).splitlines() if line.strip()]
    assert lines == ["Surname\tO'Dowd link", "a", "b"]


@pytest.mark.parametrize(
    "hostile",
    [
        b"%PDF-1.4\n",
        b"%PDF-1.7\n" + b"\xff" * 5000,
        pdf(["x"]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"),
        pdf(["x"]).replace(b"/Contents 5 0 R", b"/Contents 9 9 R"),
        pdf(["line"] * 52 * 60),
    ],
    ids=["empty", "noise", "its own parent", "no contents", "too many pages"],
)
def test_a_pdf_that_cannot_be_read_is_a_problem_and_no_crash(hostile):
    message = EmailMessage()
    message["From"] = "missing@police.example"
    message.set_content("see attached")
    message.add_attachment(hostile, maintype="application", subtype="pdf", filename="r.pdf")
    assert codes(message.as_bytes()) & {"unreadable_pdf", "pdf_without_text"}


def test_a_pdf_bomb_ends_at_its_limits(monkeypatch):
    import zlib

    deflated = zlib.compress(b"(x) Tj " * 60_000_000, 9)
    plain = pdf(["x"])
    start, end = plain.index(b"<< /Length"), plain.index(b"endstream")
    head = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(deflated)
    bomb = plain[:start] + head + deflated + b"\n" + plain[end:]
    assert len(bomb) < 1_000_000
    assert not pdf_text.text_of(bomb)


def test_parts_within_parts_without_end_are_refused_at_once():
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(5000))
    assert "too_deep" in codes(deep)
    assert "too_large" in codes(b"x" * (31 * 1024 * 1024))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=3000))
@example(raw=b"")
@example(raw=b"From: =?utf-8?q?=FF?= <@>\nContent-Type: text/html; charset=utf-7\n\n+ADw-")
@example(raw=b"From: a@[\r\nContent-Transfer-Encoding: base64\r\n\r\n====")
@example(raw=b"Content-Type: message/rfc822\r\n\r\nContent-Type: message/rfc822\r\n\r\n")
@example(raw=b"Message-ID: \xff\x00\r\nAuthentication-Results: (((((\r\n\r\n")
def test_any_bytes_are_translated_or_doubted_and_never_break_it(raw):
    found = translate(raw, AT)
    assert bool(found.events) != bool(found.problems)


LABELLED = st.dictionaries(
    st.sampled_from([label for label in FIELDS if label != "Report type"]),
    st.one_of(
        st.text(max_size=80),
        st.sampled_from([*FIELDS.values(), "29/02/2027 25:61", "01/01/0001 00:00", "\uff19/5/2011"]),
    ),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=LABELLED)
@example(changes={"Surname": "\x00"})
def test_any_values_under_the_labels_give_events_that_the_record_would_take_or_problems(changes):
    from lantern.record.actor import Actor
    from lantern.record.append import NewEvent
    from lantern.record.check import check_events
    from lantern.record.models import Episode

    body = "".join(f"{label}: {value}\n" for label, value in (FIELDS | changes).items())
    message = EmailMessage()
    message["From"], message["Authentication-Results"] = "missing@police.example", PASS
    message.set_content(body.encode("utf-8", "replace").decode(), charset="utf-8")
    found = translate(message.as_bytes(), AT)
    episode = Episode()
    events = [NewEvent(e.type, e.occurred_at, e.fields, episode if e.in_episode else None) for e in found.events]
    check_events(events, Actor(None, "police", "example-police"), AT)
    assert bool(events) != bool(found.problems)


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.eml")), ids=lambda path: path.stem)
def test_every_sample_does_what_its_name_says(sample):
    found = translate(sample.read_bytes(), AT)
    expected = sample.stem.partition("--")[0]
    assert expected == ("doubted" if found.problems else found.kind), found.problems


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("14/11/2026 21:40", datetime(2026, 11, 14, 21, 40, tzinfo=UTC)),
        ("14 November 2026 at 2140 hrs", datetime(2026, 11, 14, 21, 40, tzinfo=UTC)),
        ("Tue 14th July 2026, 09:05", datetime(2026, 7, 14, 8, 5, tzinfo=UTC)),
        ("2026-07-14T09:05:30+01:00", datetime(2026, 7, 14, 8, 5, tzinfo=UTC)),
        ("2026-07-14 09:05Z", datetime(2026, 7, 14, 9, 5, tzinfo=UTC)),
        ("14/13/2026 21:40", None),
        ("14/11/26 21:40", None),
        ("14/11/2026", None),
        ("14/11/2026 24:00", None),
        ("late evening", None),
    ],
)
def test_moments_are_read_as_forces_write_them(said, meant):
    assert values.instant(said) == meant
