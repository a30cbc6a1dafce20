"""Likeness: which of many names are nearly the same, without comparing each with each."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.ecosystem.names import numbers

BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
UNBASE = np.uint64(pow(BASE, -1, 2**64))
WINDOW = 10  # neighbours on either side, in each order
BUCKETS = 64  # of letters, by which most pairs are told apart
COUNTED = 1 << 16  # pairs whose letters are counted at once
COMPARED = 1 << 12  # pairs that are compared letter by letter at once
LETTERS = 1_000  # names with more are texts, and comparing them would take minutes

Name = Sequence[str]
Whole = NDArray[np.int64]
Scores = NDArray[np.float64]


def near(names: Sequence[Name], least: float) -> tuple[Whole, Whole, Scores]:
    """Find pairs of names that are nearly the same.

    Parameters
    ----------
    names : sequence of sequence of str
        Words of each name, at least one letter. One of more than 1,000 letters is near to none.
    least : float
        Least score of a pair, as :func:`scores` gives it.

    Returns
    -------
    pair of array of int64
        Places of the one name and of the other, the lesser first: with the same numbers, and one letter apart or
        neighbours in one of three orders.
    array of float
        Score of each pair.
    """
    texts = ["".join(name) for name in names]
    one, other = _neighbours(names, texts)
    figures = pa.array(["\0".join(numbers(name)) for name in names], pa.string()).dictionary_encode().indices.to_numpy()
    short = np.array([len(text) <= LETTERS for text in texts], np.bool_)
    picked = (figures[one] == figures[other]) & short[one] & short[other]
    one, other = one[picked], other[picked]
    picked = _most(texts, one, other) >= least
    one, other = one[picked], other[picked]
    found = scores([names[place] for place in one.tolist()], [names[place] for place in other.tolist()])
    picked = found >= least
    return one[picked], other[picked], found[picked]


def _neighbours(names: Sequence[Name], texts: Sequence[str]) -> tuple[Whole, Whole]:
    """Pairs of places that may be near, each once: one letter apart, or neighbours in an order."""
    n = max(len(names), 1)
    counts = Counter(word for name in names for word in set(name))
    rarest = [" ".join(sorted(name, key=lambda word: (counts[word], word))) for name in names]
    pairs = [_one_letter_apart(texts)]
    for keys in (texts, [text[::-1] for text in texts], rarest):
        order = pc.sort_indices(pa.array(keys, pa.string())).to_numpy().astype(np.int64)
        pairs += [(order[:-step], order[step:]) for step in range(1, min(WINDOW + 1, n))]
    ends = np.sort(np.concatenate([np.stack(pair) for pair in pairs], axis=1), axis=0)
    codes = np.sort(ends[0] * n + ends[1])
    one, other = np.divmod(codes[np.diff(codes, prepend=-1) > 0], n)
    return one, other


def _one_letter_apart(texts: Sequence[str]) -> tuple[Whole, Whole]:
    """Pairs of places of texts that are equal once a letter is taken out of one or of both.

    Hashes stand for the texts without a letter: H = c0 + c1 B + c2 B² + … modulo 2**64 loses a letter by one division.
    """
    lengths = np.array([len(text) for text in texts], np.int64)
    starts = np.cumsum(lengths) - lengths
    owners = np.repeat(np.arange(len(texts)), lengths)
    powers = np.cumprod(np.full(lengths.max(initial=0), BASE, np.uint64))
    terms = _letters("".join(texts)) * powers[np.arange(len(owners)) - starts[owners]]
    sums = np.append(np.uint64(0), np.cumsum(terms))
    whole = sums[starts + lengths] - sums[starts]
    before = sums[:-1] - sums[starts[owners]]
    less = before + (whole[owners] - before - terms) * UNBASE
    hashes = np.concatenate([whole, less])
    owners = np.concatenate([np.arange(len(texts)), owners])
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    found = [np.empty((2, 0), np.int64)]
    for step in range(1, min(WINDOW + 1, len(owners))):
        same = (hashes[step:] == hashes[:-step]) & (owners[step:] != owners[:-step])
        found.append(np.stack([owners[:-step][same], owners[step:][same]]))
    one, other = np.concatenate(found, axis=1)
    return one, other


def _letters(text: str) -> NDArray[np.uint64]:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)


def _most(texts: Sequence[str], one: Whole, other: Whole) -> Scores:
    """The most that the score of each pair can be: letters that only one of two names has must all be edited."""
    lengths = np.array([len(text) for text in texts], np.int64)
    letters = (_letters("".join(texts)) % BUCKETS).astype(np.int64)
    cells = np.repeat(np.arange(len(texts)), lengths) * BUCKETS + letters
    counts = np.bincount(cells, minlength=len(texts) * BUCKETS).reshape(-1, BUCKETS).astype(np.int16)
    apart = np.empty(len(one), np.int64)
    for start in range(0, len(one), COUNTED):
        part = slice(start, start + COUNTED)
        more = counts[one[part]] - counts[other[part]]
        apart[part] = np.maximum(np.maximum(more, 0).sum(axis=1), np.maximum(-more, 0).sum(axis=1))
    longest = np.maximum(lengths[one], lengths[other])
    return np.asarray((longest - apart) / longest)


def scores(one: Sequence[Name], other: Sequence[Name]) -> Scores:
    """Score pairs of names from 0, nothing alike, to 1, the same words.

    The score is ``(m - d) / m``. Where each name has words that the other has not, m is the letters of these words, on
    the longer side, and d the edits between them, as they stand or in alphabetical order, whichever is fewer. Otherwise
    m is the letters of the longer name, and d of the words that only it has.

    Parameters
    ----------
    one, other : sequence of sequence of str
        Words of both names of each pair.

    Returns
    -------
    array of float
        Score of each pair.

    Examples
    --------
    >>> york, cork = ["university", "of", "york"], ["university", "of", "cork"]
    >>> scores([york, york, york], [cork, york[::2], ["of", "york", "univercity"]]).tolist()
    [0.75, 0.875, 0.9]
    """
    own = [(_without(a, b), _without(b, a)) for a, b in zip(one, other, strict=True)]
    told = [rest if all(rest) else whole for rest, whole in zip(own, zip(one, other, strict=True), strict=True)]
    sides = [["".join(pair[side]) for pair in told] for side in (0, 1)]
    by_word = [["".join(sorted(pair[side])) for pair in told] for side in (0, 1)]
    longest = np.array([max(map(len, pair)) for pair in zip(*sides, strict=True)], np.int64)
    return np.asarray((longest - np.minimum(edits(*sides), edits(*by_word))) / longest)


def _without(name: Name, other: Name) -> list[str]:
    """Words that a name has and another has not, or not as often, in the order they stand in."""
    left, rest = list(other), []
    for word in name:
        if word in left:
            left.remove(word)
        else:
            rest.append(word)
    return rest


def edits(one: Sequence[str], other: Sequence[str]) -> Whole:
    """Fewest letters to insert, remove or replace that make one text of another (Levenshtein's distance).

    Parameters
    ----------
    one, other : sequence of str
        Both texts of each pair.

    Returns
    -------
    array of int64
        Distance of each pair.

    Examples
    --------
    >>> edits(["kitten", "sitting", "海尔"], ["sitting", "海尔", "海尔"]).tolist()
    [3, 7, 0]
    """
    sides = [np.array(texts, object) for texts in (one, other)]
    order = np.argsort([len(text) for text in one], kind="stable")
    found = np.empty(len(one), np.int64)
    for start in range(0, len(order), COMPARED):
        part = order[start : start + COMPARED]
        found[part] = _distances(*(side[part].tolist() for side in sides))
    return found


def _distances(one: Sequence[str], other: Sequence[str]) -> NDArray[np.int32]:
    """Last cells of Wagner and Fischer's tables, which are filled row by row for all pairs at once."""
    letters, columns = (np.array(texts).view(np.uint32).reshape(len(texts), -1) for texts in (one, other))
    ends, last = (np.array([len(text) for text in texts]) for texts in (one, other))
    places = np.arange(columns.shape[1] + 1, dtype=np.int32)
    row = np.tile(places, (len(one), 1))
    found = np.empty(len(one), np.int32)
    for letter in range(letters.shape[1]):
        replaced = row[:, :-1] + (columns != letters[:, letter, None])
        row[:, 0] = letter + 1
        np.minimum(row[:, 1:] + 1, replaced, out=row[:, 1:])
        row = np.minimum.accumulate(row - places, axis=1) + places  # or inserts letters, if that is fewer
        ended = ends == letter + 1
        found[ended] = row[ended, last[ended]]
    return found
