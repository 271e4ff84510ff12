"""Evaluator and oracle agree, on packs made up from the language and on the real ones."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantern import engine
from lantern.engine.packs.library import editions, names
from tests.engine.generative import made_logs, made_packs
from tests.engine.generative.compare import disagreements, disagreements_around, examples, read

REAL = [f"{name}@{edition}" for name in names() for edition in editions(name)]


@examples(120)
@given(st.data(), made_packs.packs(), made_logs.lines())
def test_the_two_agree_on_made_up_packs(data: Any, content: dict[str, Any], lines: list[dict[str, Any]]) -> None:
    as_of = data.draw(made_logs.moments(lines))
    known_at = data.draw(st.one_of(st.none(), made_logs.moments(lines)))
    assert disagreements_around(read(content), lines, as_of, known_at) == []


@pytest.mark.parametrize("name", REAL)
@examples(6)
@given(st.data(), made_logs.lines(most=10))
def test_the_two_agree_on_the_real_packs(name: str, data: Any, lines: list[dict[str, Any]]) -> None:
    as_of = data.draw(made_logs.moments(lines))
    assert disagreements(engine.load_pack(name), lines, as_of, None) == []
