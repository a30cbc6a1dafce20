"""Names of what is made: persons in Chinese, all else in Chinese and English."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ecograph.generate.draws import Numbers

ONE_CHARACTER = 0.25  # of all given names


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads((files("ecograph.generate") / "names.toml").read_text(encoding="utf-8"))


def words(name: str, language: int) -> list[str]:
    """Words of a list, in Chinese (0) or in English (1)."""
    return [pair[language] for pair in _words()["words"][name]]


def persons(n: int, random: np.random.Generator) -> pa.Array:
    """Surname and a given name of one or two characters."""
    surnames, given = (pa.array(list(_words()["person"][name])) for name in ("surnames", "given"))
    last = pa.array(random.integers(len(surnames), size=n))
    first, second = (pa.array(random.integers(len(given), size=n)) for _ in range(2))
    short = pa.array(random.random(n) < ONE_CHARACTER)
    tail = pc.if_else(short, "", given.take(second))
    return pc.binary_join_element_wise(surnames.take(last), given.take(first), tail, "")


def named(kind: str, n: int, random: np.random.Generator, seconds: Numbers | None = None) -> pa.Array:
    """Chinese and English names of n nodes of a kind; equal ones are numbered.

    Parameters
    ----------
    kind : str
        Leaf kind.
    n : int
        How many.
    random : numpy.random.Generator
        Draws them.
    seconds : array of int64, optional
        Which of the kind's second words each name has; drawn by default.

    Returns
    -------
    pyarrow.Array
        Text.
    """
    pattern = _words()["kinds"][kind]
    n_firsts, n_seconds = (len(words(pattern[part], 0)) for part in ("first", "second"))
    if seconds is None:
        seconds = random.integers(n_seconds, size=n)
    turns = random.permutation(n)
    order = np.lexsort((turns, seconds))
    starts = np.searchsorted(seconds[order], np.arange(n_seconds))
    ranks = np.empty(n, np.int64)
    ranks[order] = np.arange(n) - starts[seconds[order]]
    firsts, rounds = (ranks + random.integers(n_firsts, size=n_seconds)[seconds]) % n_firsts, ranks // n_firsts
    both = [_filled(pattern, language, firsts, seconds) for language in range(2)]
    numbers = pc.if_else(pa.array(rounds > 0), pc.cast(pa.array(rounds + 1), pa.string()), "")
    return pc.utf8_rtrim_whitespace(pc.binary_join_element_wise(*both, numbers, " "))


def _filled(pattern: Mapping[str, str], language: int, firsts: Numbers, seconds: Numbers) -> pa.Array:
    """Fill the pattern of a language with its two words."""
    template = pattern["en" if language else "zh"]
    before, rest = template.split("{first}")
    between, after = rest.split("{second}")
    chosen = [
        pa.array(words(pattern[part], language)).take(pa.array(numbers))
        for part, numbers in (("first", firsts), ("second", seconds))
    ]
    return pc.binary_join_element_wise(before, chosen[0], between, chosen[1], after, "")


def picked(words: Sequence[str], numbers: Numbers) -> pa.Array:
    """Word of each number."""
    return pa.array(words, pa.string()).take(pa.array(numbers))
