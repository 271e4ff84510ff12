"""Messages in a mailbox. Every mail in the folder is taken, read or not; one that is kept moves to the folder of done
ones, and not before. A crash in between brings the mail once more, and keeping it twice is one intake.
"""

import imaplib
import ssl
from collections.abc import Callable, Mapping
from typing import Any

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxLoginError

from lantern.intake.keep import LARGEST
from lantern.plumbing import logs
from lantern.plumbing.errors import Misconfigured, Unavailable

log = logs.get("intake")
Handle = Callable[[bytes], None]

DONE = "Lantern-done"
SECONDS = 30  # until a server that says nothing counts as away
AWAY = (OSError, imaplib.IMAP4.error, ImapToolsError)


def take(mailbox: Mapping[str, Any], handle: Handle) -> int:
    """Hand on every mail of the folder, oldest first; how many were kept.

    mailbox: host, port, user, password, folder, plain (as settings.IMAP). handle: keeps the raw bytes and returns after
    the commit; where it raises, the mail stays for the next time. Raises Unavailable and Misconfigured.
    """
    if not mailbox["host"]:
        raise Misconfigured("LANTERN_IMAP_HOST is not set: name the server of the mailbox that reports arrive in.")
    try:
        with _open(mailbox) as box:
            return _take_all(box, handle)
    except MailboxLoginError as problem:
        raise Misconfigured("The mailbox refuses LANTERN_IMAP_USER with LANTERN_IMAP_PASSWORD.") from problem
    except AWAY as problem:
        raise Unavailable("The mailbox cannot be read now.") from problem


def _open(mailbox: Mapping[str, Any]) -> BaseMailBox:
    host, port = mailbox["host"], mailbox["port"]
    if mailbox["plain"]:
        box: BaseMailBox = MailBoxUnencrypted(host, port, timeout=SECONDS)
    else:
        # without a context of its own the library would not check the server's certificate
        box = MailBox(host, port, timeout=SECONDS, ssl_context=ssl.create_default_context())
    try:
        return box.login(mailbox["user"], mailbox["password"], initial_folder=mailbox["folder"])
    except AWAY:
        box.client.shutdown()  # the library closes a connection only after a sign-in
        raise


def _take_all(box: BaseMailBox, handle: Handle) -> int:
    if not box.folder.exists(DONE):
        box.folder.create(DONE)
    kept = 0
    for uid in box.uids("ALL"):
        raw = _raw(box, uid)
        if raw is None or not _handled(raw, handle):
            continue
        box.move([uid], DONE)
        kept += 1
    return kept


def _handled(raw: bytes, handle: Handle) -> bool:
    try:
        handle(raw)
    # one mail that cannot be taken in must not hold up the next; it stays where it is and is tried again
    except Exception as problem:  # noqa: BLE001  see above
        log.error("intake.left_in_mailbox", problem=problem)
        return False
    return True


def _raw(box: BaseMailBox, uid: str) -> bytes | None:
    """The mail as the server has it, byte for byte, without marking it as read; None when it is too large or gone."""
    size = _fetch(box, uid, "(RFC822.SIZE)")
    digits = b"".join(part for part in size if isinstance(part, bytes)).rpartition(b"RFC822.SIZE ")[2]
    if int(digits.split(b")")[0].split()[0] if digits.strip() else 0) > LARGEST:
        log.error("intake.too_large")
        return None
    for part in _fetch(box, uid, "(BODY.PEEK[])"):
        if isinstance(part, tuple):
            return bytes(part[1])
    return None


def _fetch(box: BaseMailBox, uid: str, what: str) -> list[Any]:
    status, answer = box.client.uid("fetch", uid, what)
    return list(answer) if status == "OK" else []
