"""Fixtures of every test: one fresh database for each run and each xdist worker."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# before Django reads its settings; a test run never touches the demonstration's database
os.environ["LANTERN_VAR"] = str(ROOT / "var" / "test")
os.environ["LANTERN_PLAIN_HTTP"] = "yes"
os.environ["LANTERN_PROCESS"] = "test"
# Playwright runs an event loop in the test's own thread, beside Django's synchronous database layer.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
    os.environ.pop(name, None)

pytest_plugins = ["tests.database", "tests.personas"]
