"""Where messages come from: each lets go of a message only after it is kept."""

import socket
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import pytest
from imap_tools import MailBoxUnencrypted, MailMessageFlags

from lantern.access import context
from lantern.intake import keep
from lantern.intake.models import InboundMessage
from lantern.intake.sources import folder, imap, stdin
from lantern.plumbing.errors import Malformed, Misconfigured, Unavailable
from tests.stages.police_mail import AT, mail

USER, PASSWORD = "reports", "a password of the test"


class Crash(Exception):
    """What a test throws where a process might die."""


def kept():
    with context.system("test"):
        return [message.raw for message in InboundMessage.objects.order_by("received_at", "id")]


def handle(raw):
    with context.system("test"):
        keep.keep("police_email", raw, AT)


def dies_after_keeping(raw):
    handle(raw)
    raise Crash


def dies_before_keeping(raw):
    raise Crash


@pytest.mark.django_db(transaction=True)
def test_a_file_moves_to_done_after_it_is_kept_and_not_before(tmp_path):
    (tmp_path / "a.eml").write_bytes(mail())
    (tmp_path / "note.txt").write_bytes(b"not a message")
    assert folder.take(tmp_path, dies_before_keeping) == 0
    assert (tmp_path / "a.eml").exists()
    assert folder.take(tmp_path, dies_after_keeping) == 0
    assert folder.take(tmp_path, handle) == 1
    assert kept() == [mail()]
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*")) == ["done/a.eml", "note.txt"]


@pytest.mark.django_db(transaction=True)
def test_one_bad_file_holds_up_no_other_and_names_may_come_again(tmp_path):
    for text in (b"first", b"second"):
        (tmp_path / "a.eml").write_bytes(text)
        (tmp_path / "b.eml").write_bytes(text)
        folder.take(tmp_path, handle)
    assert sorted(path.name for path in (tmp_path / "done").iterdir()) == ["a.2.eml", "a.eml", "b.2.eml", "b.eml"]
    assert kept() == [b"first", b"second"]
    with pytest.raises(Misconfigured):
        folder.take(tmp_path / "nowhere", handle)


@pytest.mark.django_db(transaction=True)
def test_standard_input_is_one_message():
    stdin.take(handle, BytesIO(b"whole\x00message"))
    assert kept() == [b"whole\x00message"]
    with pytest.raises(Malformed):
        stdin.take(handle, BytesIO(b""))
    with pytest.raises(Crash):
        stdin.take(dies_before_keeping, BytesIO(b"x"))


@pytest.fixture(scope="module")
def port():
    """The port of a real IMAP server in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    program = [Path(sys.executable).with_name("pymap"), "--host", "127.0.0.1", "--port", str(number), "--no-tls"]
    account = ["dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD]
    with subprocess.Popen([*program, *account], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(number)
            yield number
        finally:
            server.terminate()


def _wait_for(port):
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the IMAP server of the test does not answer")


@pytest.fixture
def mailbox(port):
    """The settings of a mailbox that holds nothing."""
    with MailBoxUnencrypted("127.0.0.1", port).login(USER, PASSWORD) as box:
        for name in [folder.name for folder in box.folder.list()]:
            if name in ("INBOX", imap.DONE):
                box.folder.set(name)
                box.delete(box.uids("ALL"))
    return {"host": "127.0.0.1", "port": port, "user": USER, "password": PASSWORD, "folder": "INBOX", "plain": True}


def deliver(mailbox, *messages):
    with MailBoxUnencrypted("127.0.0.1", mailbox["port"]).login(USER, PASSWORD) as box:
        for raw in messages:
            box.append(raw, "INBOX")


def inside(mailbox, name):
    """[(flags, raw)] of a folder of the mailbox."""
    with MailBoxUnencrypted("127.0.0.1", mailbox["port"]).login(USER, PASSWORD) as box:
        if not box.folder.exists(name):
            return []
        box.folder.set(name)
        return [message.flags for message in box.fetch(mark_seen=False)]


@pytest.mark.django_db(transaction=True)
def test_a_mail_is_kept_byte_for_byte_and_moves_only_then(mailbox):
    whole, bare = mail(), b"Subject: \xff\xfe\r\n\r\nno report, and no end of line"
    deliver(mailbox, whole, bare)
    assert imap.take(mailbox, handle) == 2
    assert kept() == [whole, bare]
    assert (len(inside(mailbox, "INBOX")), len(inside(mailbox, imap.DONE))) == (0, 2)
    assert imap.take(mailbox, handle) == 0


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_is_not_kept_stays_unread_where_it_is(mailbox):
    deliver(mailbox, mail())
    assert imap.take(mailbox, dies_before_keeping) == 0
    assert inside(mailbox, "INBOX") == [("\\Recent",)] or inside(mailbox, "INBOX") == [()]
    assert kept() == []
    assert imap.take(mailbox, handle) == 1


@pytest.mark.django_db(transaction=True)
def test_a_death_between_keeping_and_moving_brings_the_mail_again_as_one_intake(mailbox):
    deliver(mailbox, mail())
    assert imap.take(mailbox, dies_after_keeping) == 0
    assert len(inside(mailbox, "INBOX")) == 1
    assert imap.take(mailbox, handle) == 1
    assert kept() == [mail()]
    with context.system("test"):
        assert InboundMessage.objects.get().deliveries == 2


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_somebody_read_is_taken_all_the_same_and_one_bad_mail_holds_up_no_other(mailbox):
    deliver(mailbox, b"Subject: bad\r\n\r\n", mail())
    with MailBoxUnencrypted("127.0.0.1", mailbox["port"]).login(USER, PASSWORD) as box:
        box.flag(box.uids("ALL"), [MailMessageFlags.SEEN], value=True)

    def refuses_bad(raw):
        if b"Subject: bad" in raw:
            raise Crash
        handle(raw)

    assert imap.take(mailbox, refuses_bad) == 1
    assert kept() == [mail()]
    assert len(inside(mailbox, "INBOX")) == 1


def test_a_mailbox_that_is_away_or_refuses_says_so_in_one_sentence(mailbox):
    with pytest.raises(Unavailable):
        imap.take(mailbox | {"port": 1}, handle)
    with pytest.raises(Misconfigured, match="LANTERN_IMAP_PASSWORD"):
        imap.take(mailbox | {"password": "wrong"}, handle)
    with pytest.raises(Misconfigured, match="LANTERN_IMAP_HOST"):
        imap.take(mailbox | {"host": ""}, handle)
    with pytest.raises(Unavailable):
        imap.take(mailbox | {"plain": False}, handle)
