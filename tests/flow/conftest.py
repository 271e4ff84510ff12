"""Fixtures of the flow."""

from tests.flow.mailbox import mailbox
from tests.flow.world import committed_world, small_pack, world

__all__ = ["committed_world", "mailbox", "small_pack", "world"]
