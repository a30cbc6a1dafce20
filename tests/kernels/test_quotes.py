"""Quotes against a walk over the text, letter by letter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.kernels import quotes

TEXTS = st.lists(st.sampled_from(list('ab",\n\r;')), max_size=30).map("".join)


def alternate(text: str, separator: str = ",") -> bool:
    return quotes.alternate(np.frombuffer(text.encode(), np.uint8), ord(separator))


def twin(text: str, separator: str) -> bool:
    inside = False
    for place, letter in enumerate(text):
        if letter != '"':
            continue
        beside = text[place + 1 : place + 2] if inside else text[max(place - 1, 0) : place]
        if beside not in ("", separator, '"', "\n", "\r"):
            return False
        inside = not inside
    return not inside


@given(TEXTS, st.sampled_from(",;"))
def test_by_turns(text: str, separator: str) -> None:
    assert alternate(text, separator) == twin(text, separator)


def test_a_quote_may_stand_at_the_edge_of_what_is_looked_at_together() -> None:
    edge = 1 << 18
    for before in range(edge - 3, edge + 3):
        text = "x" * before + ',"a\nb"\n'
        assert alternate(text)
        assert not alternate(text[:-2])
        assert not alternate("x" * before + '"a"\n')


def test_nothing_and_no_quote() -> None:
    assert alternate("") and alternate("a,b\n") and not alternate('"')


def test_refused() -> None:
    with pytest.raises(ValueError, match=r"separator=200 is outside 0\.\.127"):
        quotes.alternate(np.zeros(1, np.uint8), 200)
    with pytest.raises(ValueError, match="octets holds int64; an array of uint8 is needed"):
        quotes.alternate(np.zeros(1, np.int64), 44)
