"""Settings are read strictly, and what is right for a demonstration alone stays on this machine."""

import subprocess
import sys

import pytest

from lantern.plumbing.environment import KNOWN, Environment
from lantern.plumbing.errors import Misconfigured
from tests.gates.source import ROOT, python_files


def test_an_unknown_name_is_refused_and_a_known_one_read() -> None:
    assert Environment({"LANTERN_HOSTS": "a, b", "PATH": "/bin"}).names("LANTERN_HOSTS", "") == ["a", "b"]
    with pytest.raises(Misconfigured, match="LANTERN_HOST is not a setting"):
        Environment({"LANTERN_HOST": "a"})


def test_a_flag_says_yes_or_no() -> None:
    assert Environment({"LANTERN_DEMO": "yes"}).flag("LANTERN_DEMO")
    assert not Environment({}).flag("LANTERN_DEMO")
    with pytest.raises(Misconfigured, match="must be yes or no"):
        Environment({"LANTERN_DEMO": "1"}).flag("LANTERN_DEMO")


def test_a_number_is_a_number() -> None:
    assert Environment({}).number("LANTERN_SMTP_PORT", 25) == 25
    with pytest.raises(Misconfigured, match="must be a whole number"):
        Environment({"LANTERN_SMTP_PORT": "smtp"}).number("LANTERN_SMTP_PORT", 25)


def test_every_setting_is_used_somewhere() -> None:
    text = "".join(path.read_text() for path in python_files("lantern", "tests") if path.name != "environment.py")
    text += (ROOT / "scripts" / "browser").read_text()
    assert [name for name in KNOWN if name not in text] == []


@pytest.mark.parametrize(
    ("variables", "status"),
    [
        ({"LANTERN_HOSTS": "lantern.example"}, 0),
        ({"LANTERN_HOSTS": "lantern.example", "LANTERN_DEBUG": "yes"}, 2),
        ({"LANTERN_HOSTS": "lantern.example", "LANTERN_PLAIN_HTTP": "yes"}, 2),
        ({"DATABASE_URL": "mysql://nowhere"}, 2),
        ({"DATABASE_URL": "postgresql://app@localhost/lantern"}, 0),
    ],
)
def test_debug_and_plain_http_are_refused_on_a_public_name(
    variables: dict[str, str], status: int, tmp_path: object
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lantern", "manage", "diffsettings"],
        env={"PATH": "/usr/bin:/bin", "LANTERN_VAR": str(tmp_path), **variables},
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
