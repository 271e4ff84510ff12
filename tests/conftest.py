"""Fixtures of every test: one fresh database for each run and each xdist worker."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A test run never touches the demonstration's database. The settings are named here and not in pyproject.toml: there
# they would be read before this file, and these variables would come too late.
os.environ["LANTERN_VAR"] = str(ROOT / "var" / "test")
os.environ["LANTERN_PLAIN_HTTP"] = "yes"
os.environ["LANTERN_PROCESS"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "lantern.settings"
# Playwright runs an event loop in the test's own thread, beside Django's synchronous database layer.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
    os.environ.pop(name, None)

pytest_plugins = ["tests.database", "tests.personas", "tests.questions"]


def pytest_configure() -> None:
    """Read the settings, now that the variables above stand; pytest-django then makes Django ready."""
    from django.conf import settings

    assert settings.VAR == ROOT / "var" / "test"
