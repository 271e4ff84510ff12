"""Every dependency says what it is for, and the locks name no place but the public registries."""

import itertools
import json
import re
import tomllib

from tests.gates.source import ROOT


def test_every_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    config = tomllib.loads(text)
    wanted = [*config["project"]["dependencies"], *itertools.chain(*config["dependency-groups"].values())]
    commented = dict(re.findall(r'^    "([^"]+)",\s+# (\S.+)$', text, re.MULTILINE))
    assert [name for name in wanted if name not in commented] == []


def test_the_python_lock_names_only_the_public_registry() -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text()))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}


def test_the_npm_lock_pins_every_package_by_its_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert all("integrity" in about for name, about in packages.items() if name)
    assert not re.search(r"https?://(?!registry\.npmjs\.org)", (ROOT / "package-lock.json").read_text())
