"""Words that lay the blame on a child."""

import pytest

from lantern.pages.kind_words import prompts


@pytest.mark.parametrize(
    "words",
    [
        "He absconded again",
        "She puts herself at risk",
        "putting themselves at risk",
        "Her boyfriend picked her up",
        "It is a lifestyle choice",
        "refused to engage with us",
        "known runaway",
    ],
)
def test_a_phrase_is_found_with_what_to_write_instead(words: str) -> None:
    (found,) = prompts([words])
    assert found.instead
    assert found.found in words


@pytest.mark.parametrize(
    "words", ["", "Left after supper.", "She went missing from the school", "He is at risk from others"]
)
def test_plain_words_are_left_alone(words: str) -> None:
    assert prompts([words]) == ()
