"""Imports go one way, the engine stands alone, and the command line loads only what it is asked for."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.gates.source import PACKAGE, ROOT

LEAVES_DJANGO_ALONE = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"django", "psycopg", "allauth"}:
            raise AssertionError(f"{name} was imported")

sys.meta_path.insert(0, Refuse())
"""


def test_imports_go_one_way_through_the_house() -> None:
    # a process of its own: import-linter switches off every logger that is there before it
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_contracts_have_no_exceptions_and_leave_no_part_out() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert not any(key.startswith("ignore") for contract in config["contracts"] for key in contract)
    layered = {name.strip() for layer in config["contracts"][0]["layers"] for name in layer.split("|")}
    parts = {f"lantern.{path.parent.name}" for path in PACKAGE.glob("*/__init__.py")}
    assert layered == parts


@pytest.mark.parametrize(
    "code",
    [
        "import lantern.engine",
        "import lantern.commands.assess, lantern.commands.packs, lantern.commands.check, lantern.commands.explain",
        "from click.testing import CliRunner; from lantern.commands.cli import cli\n"
        "assert CliRunner().invoke(cli, ['--help']).exit_code == 0",
    ],
)
def test_the_engine_and_its_commands_do_without_django(code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LEAVES_DJANGO_ALONE + code], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_command_of_the_table_is_there() -> None:
    from lantern.commands.cli import TABLE

    missing = [entry.module for entry in TABLE.values() if not (PACKAGE / "commands" / f"{entry.module}.py").exists()]
    assert missing == []
