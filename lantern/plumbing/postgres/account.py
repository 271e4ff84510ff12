"""The operating-system account that the server runs under."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from lantern.plumbing.errors import Misconfigured

NAME = "lantern-db"


class Account(NamedTuple):
    """Who runs the server, and the arguments of `subprocess` that make it so."""

    uid: int
    gid: int

    @property
    def run_as(self) -> dict[str, object]:
        """Arguments for `subprocess`: empty unless we are root and must drop to the account."""
        if os.geteuid() != 0:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def server_account() -> Account:
    """Ourselves; or, for root, the account `lantern-db`, which is created when it is not there."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        _create()
        entry = pwd.getpwnam(NAME)
    return Account(entry.pw_uid, entry.pw_gid)


def _create() -> None:
    tool = shutil.which("useradd")
    if tool is None:
        raise Misconfigured(
            f"The database server never runs as root and there is no useradd here: create a system user "
            f"{NAME}, or run as an ordinary user."
        )
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    done = subprocess.run(
        [tool, *options, "--shell", "/usr/sbin/nologin", NAME],
        capture_output=True,
        text=True,
        check=False,
    )
    # status 9: another start created it between our look and our call
    if done.returncode not in (0, 9):
        raise Misconfigured(f"The system user {NAME} could not be created: {done.stderr.strip()}")


def can_reach(path: Path, account: Account) -> bool:
    """Whether `account` can enter every folder above `path` and read it."""
    if os.geteuid() != 0:
        return True
    return all(_enterable(folder, account) for folder in path.resolve().parents)


def _enterable(folder: Path, account: Account) -> bool:
    if not folder.exists():
        return True
    status = folder.stat()
    if status.st_uid == account.uid:
        return bool(status.st_mode & 0o100)
    if status.st_gid == account.gid:
        return bool(status.st_mode & 0o010)
    return bool(status.st_mode & 0o001)
