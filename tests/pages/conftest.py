"""Fixtures of the pages: a scene at a fixed moment, and a client that checks every page it fetches."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine

from tests.pages.browse import Browse
from tests.pages.scene import NAMES, NOW, Scene, make_scene
from tests.personas import World, signed_in_client


@pytest.fixture
def scene(world: World) -> Iterator[Scene]:
    """A child is missing; it is three o'clock."""
    made = make_scene(world)
    with time_machine.travel(NOW, tick=False):
        yield made


@pytest.fixture
def browse(db: None) -> Callable[[Any], Browse]:
    """`browse(person)`: that person's page client."""
    return lambda person: Browse(signed_in_client(person), NAMES)
