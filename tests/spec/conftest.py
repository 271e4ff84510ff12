"""The fixture of every example."""

import pytest

from tests.spec.telling import Telling


@pytest.fixture
def tell() -> Telling:
    return Telling()
