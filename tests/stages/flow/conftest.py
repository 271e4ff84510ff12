"""Fixtures of the stages between the record and the messages."""

from tests.flow.fixtures import committed_world, small_pack, world
from tests.flow.mailbox import mailbox

__all__ = ["committed_world", "mailbox", "small_pack", "world"]
