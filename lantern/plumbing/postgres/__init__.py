"""The embedded PostgreSQL server: its files, its operating-system account, its life, and what makes it safe.

The server's programs come from a wheel. How it is initialised, started and stopped is ours: it listens on no network
address, every role has a random password, and it never runs as root.
"""

from lantern.plumbing.postgres.layout import Home, home_for
from lantern.plumbing.postgres.server import ensure_running, is_running, stop

__all__ = ["Home", "ensure_running", "home_for", "is_running", "stop"]
