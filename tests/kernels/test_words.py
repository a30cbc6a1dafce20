"""Words against a dictionary of Python."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.kernels import words

WORDS = st.lists(st.text("ab创\0", max_size=20) | st.integers(0, 300).map("n{:08}".format), max_size=80)


def laid_out(texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    letters = [text.encode() for text in texts]
    offsets = np.cumsum([0, *map(len, letters)], dtype=np.int32)
    return offsets, np.frombuffer(b"".join(letters), np.uint8)


def found(known: list[str], cells: list[str], threads: int = 1) -> list[int]:
    return words.Words(*laid_out(known)).find(*laid_out(cells), threads=threads).tolist()


@given(WORDS, WORDS)
def test_numbers_are_those_of_a_dictionary(known: list[str], cells: list[str]) -> None:
    first: dict[str, int] = {}
    for number, word in enumerate(known):
        first.setdefault(word, number)
    assert found(known, cells) == [first.get(cell, -1) for cell in cells]
    assert found(known, known) == [first[word] for word in known]


def test_many_words_whatever_the_threads() -> None:
    known = [f"n{number:07}" for number in range(200_000)]
    picked = np.random.default_rng(1).integers(0, 250_000, 300_000)
    cells = [f"n{number:07}" for number in picked.tolist()]
    expected = np.where(picked < 200_000, picked, -1).tolist()
    assert found(known, cells) == expected == found(known, cells, threads=2)


def test_a_part_of_a_column_starts_beyond_the_first_letter() -> None:
    offsets, letters = laid_out(["xx", "ada", "bo"])
    assert words.Words(*laid_out(["bo", "ada"])).find(offsets[1:], letters).tolist() == [1, 0]


def test_a_list_outlives_the_names_of_its_arrays() -> None:
    known = words.Words(*laid_out([str(number) for number in range(1_000)]))
    np.ones(100_000, np.int32)
    assert known.find(*laid_out(["999", "7", "x"])).tolist() == [999, 7, -1]


def test_nothing() -> None:
    assert found([], []) == []
    assert found([], ["a", ""]) == [-1, -1]
    assert found(["", "a"], ["a", ""]) == [1, 0]


@pytest.mark.parametrize(
    ("offsets", "letters", "message"),
    [
        ([], b"", "words is empty; it needs one more entry than there are texts"),
        ([-1, 0], b"", r"words\[0\] = -1 is below 0"),
        ([0, 2, 1], b"ab", "words falls at entry 2"),
        ([0, 3], b"ab", "words ends at 3 of 2 letters"),
    ],
)
def test_offsets_outside_the_letters_are_refused(offsets: list[int], letters: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        words.Words(np.array(offsets, np.int32), np.frombuffer(letters, np.uint8))
    with pytest.raises(ValueError, match=message.replace("words", "cells")):
        words.Words(*laid_out(["a"])).find(np.array(offsets, np.int32), np.frombuffer(letters, np.uint8))


def test_arrays_of_another_type_are_refused() -> None:
    offsets, letters = laid_out(["a"])
    with pytest.raises(ValueError, match="cells holds int64; an array of int32 is needed"):
        words.Words(offsets, letters).find(offsets.astype(np.int64), letters)
    with pytest.raises(ValueError, match="letters holds int8; an array of uint8 is needed"):
        words.Words(offsets, letters.astype(np.int8))
