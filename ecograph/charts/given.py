"""What callers hand in, checked: names, numbers and reasons of equal length."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ecograph.errors import ParameterError
from ecograph.table import Column, Table

Numbers: TypeAlias = NDArray[np.float64]
Meanings: TypeAlias = Mapping[str, tuple[str, str]]  # of each column, in English and Chinese
MOST = 1e300


def names(what: str, texts: Sequence[str] | NDArray[np.object_], count: int | None = None) -> list[str]:
    """Texts as a list, as many as wanted."""
    if isinstance(texts, str):
        raise ParameterError(f"{what}={texts!r} is one text; give a list of texts")
    given = [_whole(str(text)) for text in texts]
    counted(what, len(given), count)
    return given


def numbers(what: str, values: ArrayLike, *shape: int) -> Numbers:
    """Numbers as an array of a shape; None is NaN, and what cannot be drawn is refused."""
    try:
        given = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ParameterError(f"{what} are not numbers; give a list of numbers, NaN for a missing one") from None
    if given.size == 0 and 0 in shape:
        return np.empty(shape)
    if given.shape != shape:
        found, wanted = " x ".join(map(str, given.shape)), " x ".join(map(str, shape))
        raise ParameterError(f"{what} have shape {found or '()'}, their names {wanted}; give one value for each name")
    if np.any(np.abs(given[np.isfinite(given)]) > MOST):
        raise ParameterError(f"{what} hold a number beyond {MOST:g}; give them in a larger unit")
    return given


def parts(what: str, values: Numbers, where: Sequence[str]) -> Numbers:
    """The values, if they can be parts of a whole: neither below nought nor infinite."""
    wrong = np.flatnonzero((values < 0) | np.isinf(values))
    if wrong.size:
        first = int(wrong[0])
        raise ParameterError(f"{what} of {where[first]!r} is {values[first]:g}; give finite numbers from 0 on, or NaN")
    return values


def reasons_of(reasons: Sequence[str | None] | None, count: int) -> list[str]:
    """Why a value is missing, one text an entry, empty where nobody said."""
    if reasons is None:
        return [""] * count
    counted("reasons", len(reasons), count)
    return [_whole(reason or "") for reason in reasons]


def _whole(text: str) -> str:
    """The text with halves of characters, which no table can hold, replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def counted(what: str, found: int, wanted: int | None) -> None:
    """Refuse a number of entries other than wanted."""
    if wanted is not None and found != wanted:
        raise ParameterError(f"{what} has {found} entries, wanted {wanted}; give one for each entry drawn")


def data_table(
    meanings: Meanings,
    unit: str,
    measured: Sequence[str] = ("value",),
    **cells: list[str] | Numbers | NDArray[np.int64] | None,
) -> Table:
    """The data of a chart; columns that are None are left out, the measured ones are in the unit."""
    given = {name: column for name, column in cells.items() if column is not None}
    columns = {
        name: Column(meaning, zh=zh, unit=unit if name in measured else "") for name, (meaning, zh) in meanings.items()
    }
    # an empty list has no type of its own; a column of words stays one
    typed = {
        name: np.empty(0, np.str_) if isinstance(column, list) and not column else column
        for name, column in given.items()
    }
    return Table(typed, columns)
