"""The environment of the sector's rules: made under var/ on first use, by uv, with pinned versions."""

import fcntl
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "var" / "sector-rules"
PYTHON = FOLDER / "bin" / "python"
PACKAGE = "csc-validator-be-903==0.1.17"
INSTALL_SECONDS = 300
"""After this long the registry counts as out of reach."""


class NotInstalledError(Exception):
    """The package could not be installed; the message says why in one sentence."""


def ready() -> Path:
    """The interpreter that has the rules; installs them if need be. Raises NotInstalledError."""
    FOLDER.parent.mkdir(parents=True, exist_ok=True)
    with (FOLDER.parent / "sector-rules.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = FOLDER / "installed"
        if not (done.exists() and done.read_text() == PACKAGE):
            _install()
            done.write_text(PACKAGE)
    return PYTHON


def _install() -> None:
    uv = shutil.which("uv") or str(ROOT / ".venv-tools" / "bin" / "uv")
    shutil.rmtree(FOLDER, ignore_errors=True)
    for command in (
        [uv, "venv", "--quiet", "--python", "3.11", str(FOLDER)],
        [uv, "pip", "install", "--quiet", "--python", str(PYTHON), PACKAGE],
    ):
        try:
            subprocess.run(command, check=True, capture_output=True, text=True, timeout=INSTALL_SECONDS)
        except FileNotFoundError as missing:
            raise NotInstalledError("uv is not installed") from missing
        except subprocess.TimeoutExpired as slow:
            raise NotInstalledError("the package registry did not answer") from slow
        except subprocess.CalledProcessError as failed:
            last = (failed.stderr.strip().splitlines() or ["no message"])[-1]
            raise NotInstalledError(f"{PACKAGE} could not be installed: {last}") from failed


def judge(folder: Path) -> dict[str, Any]:
    """What the rules say of the CSV files in a folder, in judge.py's shape. Raises NotInstalledError."""
    script = Path(__file__).with_name("judge.py")
    done = subprocess.run([ready(), "-I", script, folder], check=True, capture_output=True, text=True)
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said
