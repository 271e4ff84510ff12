"""The log only grows, and whoever changes it behind the application's back is found out."""

import json
import random
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from lantern.access import context
from lantern.record import export, seal
from lantern.record.append import append
from lantern.record.canonical import COVERED, hash_of
from lantern.record.models import LoggedEvent
from lantern.record.verify import verify
from tests.database import _superuser
from tests.stages.record_world import AT, SOCIAL_WORKER, profile, reported_child

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "verify_export.py"
GROWS_ONLY = (
    "child",
    "episode",
    "loggedevent",
    "personalpayload",
    "idempotency",
    "erasure",
    "suppression",
    "checkpoint",
)


@pytest.fixture
def sealed(transactional_db, settings, tmp_path):
    """Three children with five events each, under a signed checkpoint."""
    settings.CHECKPOINTS = tmp_path / "checkpoints"
    with context.system("test"):
        children = [reported_child(f"CMP/{number}")[0] for number in range(3)]
        assert seal.seal(AT) == 1
    return children


def found():
    with context.system("test"):
        return verify()


def tamper(*statements):
    """As the superuser, with every trigger asleep."""
    with _superuser(connection.settings_dict["NAME"]) as owner:
        owner.execute("SET session_replication_role = replica")
        for statement in statements:
            owner.execute(statement)


def exported(tmp_path):
    """What the stand-alone script says of an export: (exit status, output)."""
    folder = tmp_path / "export"
    with context.system("test"):
        export.export_to(folder)
    done = subprocess.run(
        [sys.executable, "-I", SCRIPT, folder, seal.public_key()], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.mark.parametrize("alias", ["default", "owner"])
@pytest.mark.parametrize("table", GROWS_ONLY)
@pytest.mark.parametrize("verb", ["UPDATE {t} SET {c} = {c}", "DELETE FROM {t}", "TRUNCATE {t} CASCADE"])
@pytest.mark.django_db(databases=["default", "owner"])
def test_neither_the_application_nor_the_owner_can_change_what_is_written(alias, table, verb):
    column = {"personalpayload": "event_id", "erasure": "child_id", "checkpoint": "number"}.get(table, "id")
    statement = verb.format(t=f"record_{table}", c=column)
    with pytest.raises(DatabaseError, match=r"only grows|permission denied"), transaction.atomic(using=alias):
        connections[alias].cursor().execute(statement)


def test_an_untouched_record_verifies(sealed, tmp_path):
    report = found()
    assert (report.ok, report.events, report.children, report.checkpoints) == (True, 15, 3, 1)
    assert exported(tmp_path) == (0, "nothing was changed, removed, added or moved\n")


EVENTS = "record_loggedevent"
HIDDEN = "record_personalpayload"
ONE = "id = (SELECT id FROM record_loggedevent ORDER BY child_id, seq OFFSET 6 LIMIT 1)"
FIRST = "id = (SELECT min(id::text)::uuid FROM record_loggedevent)"
LAST = "id = (SELECT max(id::text)::uuid FROM record_loggedevent WHERE seq = 5)"
ONE_HIDDEN = "event_id = (SELECT min(event_id::text)::uuid FROM record_personalpayload)"
A_CHILD = "child_id = (SELECT min(id::text)::uuid FROM record_child)"
ELSEWHERE = "child_id = (SELECT max(id::text)::uuid FROM record_child), seq = 6"
TAMPERINGS = {
    "edit a field": ("edited", f"UPDATE {EVENTS} SET payload = '{{}}' WHERE {ONE}"),
    "edit an instant": ("edited", f"UPDATE {EVENTS} SET occurred_at = occurred_at - interval '1 us' WHERE {ONE}"),
    "edit who": ("edited", f"UPDATE {EVENTS} SET by_role = 'carer' WHERE {ONE}"),
    "delete from the middle": ("gap", f"DELETE FROM {EVENTS} WHERE {ONE}"),
    "cut the tail": ("cut_tail", f"DELETE FROM {EVENTS} WHERE {LAST}"),
    "cut a whole child": ("cut_tail", f"DELETE FROM {EVENTS} WHERE {A_CHILD}"),
    "edit personal fields": ("personal_changed", f"UPDATE {HIDDEN} SET ciphertext = '\\x00' WHERE {ONE_HIDDEN}"),
    "remove personal fields": ("personal_changed", f"DELETE FROM {HIDDEN} WHERE {ONE_HIDDEN}"),
    "move an event to another child": ("edited", f"UPDATE {EVENTS} SET {ELSEWHERE} WHERE {FIRST}"),
    "destroy a key": ("key_lost", "UPDATE record_childkey SET wrapped_key = NULL, destroyed_at = now()"),
    "remove a key": ("key_lost", "DELETE FROM record_childkey"),
    "forge a checkpoint": ("checkpoints_cut", "INSERT INTO record_checkpoint VALUES (2, now(), repeat('0', 64))"),
}


@pytest.mark.parametrize("how", TAMPERINGS)
def test_every_tampering_is_found(sealed, how):
    kind, statement = TAMPERINGS[how]
    assert found().ok
    tamper(statement)
    assert kind in {finding.kind for finding in found().findings}


def test_two_events_changing_places_are_found(sealed):
    unique = "one_event_for_each_seq"
    tamper(
        f"ALTER TABLE {EVENTS} DROP CONSTRAINT {unique}",
        f"UPDATE {EVENTS} SET seq = CASE seq WHEN 2 THEN 3 ELSE 2 END WHERE seq IN (2, 3)",
        f"ALTER TABLE {EVENTS} ADD CONSTRAINT {unique} UNIQUE (child_id, seq)",
    )
    assert "edited" in {finding.kind for finding in found().findings}


def forged(row):
    """Columns and values of an event that follows `row` with a right hash, made without our keys."""
    values = {name: row[name] for name in COVERED} | {"seq": row["seq"] + 1, "prev_hash": row["hash"]}
    values |= {"id": str(row["id"])[:-4] + "beef", "personal_digest": ""}
    values["hash"] = hash_of(values)
    return values


def test_a_well_made_event_from_another_hand_is_found(sealed):
    with context.system("test"):
        last = LoggedEvent.objects.filter(seq=5).values().first()
    row = {name.removesuffix("_id"): value for name, value in last.items()}
    values = forged(row) | {"mac": row["mac"]}
    values["payload"] = json.dumps(values["payload"])
    columns = ", ".join({"child": "child_id", "episode": "episode_id"}.get(name, name) for name in values)
    with _superuser(connection.settings_dict["NAME"]) as owner:
        marks = ", ".join(["%s"] * len(values))
        owner.execute(f"INSERT INTO record_loggedevent ({columns}) VALUES ({marks})", list(values.values()))
    assert [finding.kind for finding in found().findings] == ["forged"]


def test_an_old_copy_put_back_is_found(sealed):
    with context.system("test"):
        append(sealed[0], [profile()], by=SOCIAL_WORKER, at=AT + timedelta(days=1))
        assert seal.seal(AT + timedelta(days=1)) == 2
    assert found().ok
    tamper(
        f"DELETE FROM {HIDDEN} WHERE event_id IN (SELECT id FROM {EVENTS} WHERE seq = 6)",
        f"DELETE FROM {EVENTS} WHERE seq = 6",
        "DELETE FROM record_checkpoint WHERE number = 2",
    )
    assert [finding.kind for finding in found().findings] == ["cut_tail"]


def test_a_changed_or_shortened_file_of_checkpoints_is_found(sealed, tmp_path):
    with context.system("test"):
        append(sealed[0], [profile()], by=SOCIAL_WORKER, at=AT + timedelta(days=1))
        seal.seal(AT + timedelta(days=1))
    file = seal.file()
    whole = file.read_bytes()
    for spoilt, kind in (
        (whole.splitlines(keepends=True)[0], "checkpoints_cut"),
        (whole.replace(b'"number":1', b'"number":7'), "checkpoint_broken"),
        (b"".join(reversed(whole.splitlines(keepends=True))), "checkpoint_broken"),
        (b"", "checkpoints_cut"),
        (b"[]\n" + whole, "checkpoint_broken"),
    ):
        file.write_bytes(spoilt)
        assert kind in {finding.kind for finding in found().findings}, spoilt
    file.write_bytes(whole)
    assert found().ok


def test_a_line_that_a_crash_cut_off_gives_way_to_the_next(sealed):
    with seal.file().open("ab") as file:
        file.write(b'{"number":2,"at"')
    assert found().ok
    with context.system("test"):
        append(sealed[0], [profile()], by=SOCIAL_WORKER, at=AT + timedelta(days=1))
        assert seal.seal(AT + timedelta(days=1)) == 2
        assert seal.seal(AT + timedelta(days=1)) is None
    assert (found().ok, found().checkpoints) == (True, 2)


def test_the_stand_alone_script_finds_what_was_done_to_an_export(sealed, tmp_path):
    folder = tmp_path / "export"
    assert exported(tmp_path)[0] == 0
    whole = (folder / "events.jsonl").read_bytes()
    lines = whole.splitlines(keepends=True)
    chance = random.Random(20260302)
    for turn in range(40):
        spoilt = list(lines)
        place = chance.randrange(len(lines))
        what = turn % 4
        if what == 0:
            del spoilt[place]
        elif what == 1:
            spoilt.insert(place, spoilt[place])
        elif what == 2:
            other = (place + 1 + chance.randrange(3)) % 5 + place // 5 * 5
            spoilt[place], spoilt[other] = spoilt[other], spoilt[place]
        else:
            spoilt[place] = spoilt[place].replace(b'"agency":"', b'"agency":"x', 1)
        (folder / "events.jsonl").write_bytes(b"".join(spoilt))
        if spoilt == lines:
            continue
        status = _script().main([str(folder), seal.public_key()])
        assert status == 1, (turn, place)


def test_the_script_is_short_and_needs_no_part_of_lantern():
    text = SCRIPT.read_text()
    assert len(text.splitlines()) < 200
    assert "lantern" not in {
        word for line in text.splitlines() if line.startswith(("import", "from")) for word in line.split()
    }


def _script():
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("verify_export", SCRIPT)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_superuser_is_needed_to_get_past_the_triggers(sealed):
    with pytest.raises((DatabaseError, psycopg.Error), match="permission denied"), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
    with pytest.raises((DatabaseError, psycopg.Error), match="must be owner"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE record_loggedevent DISABLE TRIGGER ALL")


def test_the_command_checks_exports_and_tells_tampering_by_its_exit_status(sealed, tmp_path):
    from click.testing import CliRunner

    from lantern.commands.verify import command

    whole = CliRunner().invoke(command, ["--export", str(tmp_path / "out")])
    assert (whole.exit_code, _script().main([str(tmp_path / "out"), seal.public_key()])) == (0, 0)
    tamper(TAMPERINGS["edit who"][1])
    spoilt = CliRunner().invoke(command, ["--export", str(tmp_path / "out")])
    assert (spoilt.exit_code, _script().main([str(tmp_path / "out")])) == (1, 1)
    assert "edited" in spoilt.output
