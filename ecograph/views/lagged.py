"""Sizes of two sides of a panel with both sides' sizes some periods before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import ParameterError, ViewError, unknown
from ecograph.methods.serial import previous_rows
from ecograph.methods.within import numbered, summed
from ecograph.quality import Finding
from ecograph.views.panel import Panel

Reals = NDArray[np.float64]
Codes = NDArray[np.int64]
Quantity: TypeAlias = Literal["active", "links", "value"]
ALIKE = 1e-9
"""Share of a move below which it is the last digits of a float."""


@dataclass(frozen=True, eq=False)
class Lagged:
    """Rows of a panel whose past is known.

    Parameters
    ----------
    sides : tuple of str
        The two sides.
    now : float64 (rows, 2)
        Sizes, or their logarithms.
    past : float64 (rows, 2 * lags)
        Both one period before, then both two periods before, and so on.
    units, periods : int64 (rows)
        Codes of the panel.
    rows : int64 (rows)
        Row of the panel.
    findings : tuple of Finding
        Rows that could not be used.
    """

    sides: tuple[str, str]
    now: Reals
    past: Reals
    units: Codes
    periods: Codes
    rows: Codes
    findings: tuple[Finding, ...]

    @property
    def lags(self) -> int:
        """How many periods back."""
        return int(self.past.shape[1] // 2)


def two_sides(panel: Panel, sides: Sequence[str] | None) -> tuple[str, str]:
    """The two sides asked for, or the only two of a panel.

    Parameters
    ----------
    panel : Panel
        The panel.
    sides : sequence of str, optional
        Names of two sides.

    Returns
    -------
    tuple of str
        Two names.

    Raises
    ------
    ViewError
        If the panel has not two sides and none are named.
    ParameterError
        If not two different sides are named.
    UnknownNameError
        If the panel has no such side.
    """
    if sides is None:
        if len(panel.sides) != 2:
            raise ViewError(f"the panel has the sides {', '.join(panel.sides)}; name two of them with pair=")
        sides = list(panel.sides)
    if len(sides) != 2 or sides[0] == sides[1]:
        raise ParameterError(f"pair={list(sides)!r}; give two different ones")
    for side in sides:
        if side not in panel.sides:
            raise unknown("side of the panel", side, panel.sides)
    return sides[0], sides[1]


def sizes_of(panel: Panel, side: str, quantity: Quantity, *, logs: bool) -> tuple[Reals, list[Finding]]:
    """Sizes of a side, or their logarithms; NaN where they cannot be used, which is told.

    Parameters
    ----------
    panel : Panel
        The panel.
    side : str
        Its side.
    quantity : {"active", "links", "value"}
        What its size is.
    logs : bool
        Whether to take logarithms.

    Returns
    -------
    float64 (rows)
        Sizes.
    list of Finding
        How many are not known, and how many are 0 or below and have no logarithm.
    """
    sizes = np.array(getattr(panel.sides[side], quantity), np.float64)
    missing = int(np.isnan(sizes).sum())
    findings = [Finding("unknown_size", missing, column=side)] if missing else []
    if logs:
        none = int((sizes <= 0).sum())
        findings += [Finding("no_logarithm", none, column=side)] if none else []
        with np.errstate(divide="ignore", invalid="ignore"):
            sizes = np.where(sizes > 0, np.log(np.maximum(sizes, 0)), np.nan)
    return sizes, findings


def lagged(
    panel: Panel, sides: Sequence[str] | None, quantity: Quantity = "active", *, lags: int = 1, logs: bool = True
) -> Lagged:
    """Put both sides' sizes beside those of the periods before.

    Parameters
    ----------
    panel : Panel
        The panel.
    sides : sequence of str, optional
        Two of its sides; the only two if not given.
    quantity : {"active", "links", "value"}
        What the size of a side is.
    lags : int
        How many periods back, 1 or more.
    logs : bool
        Whether to take logarithms of sizes.

    Returns
    -------
    Lagged
        The rows that have all of it. Rows whose sizes cannot be used are gaps.

    Raises
    ------
    ParameterError
        If ``lags`` is below 1.
    """
    if lags < 1:
        raise ParameterError(f"lags={lags}; allowed: 1 or more")
    names = two_sides(panel, sides)
    found = [sizes_of(panel, side, quantity, logs=logs) for side in names]
    sizes = np.column_stack([one for one, _ in found])
    known = np.flatnonzero(~np.isnan(sizes).any(axis=1))
    units, periods, sizes = panel.unit_codes[known], panel.period_codes[known], sizes[known]
    before = previous_rows(units, periods)
    steps = [before]
    for _ in range(lags - 1):
        steps.append(np.where(steps[-1] >= 0, before[steps[-1]], -1))
    whole = np.flatnonzero(np.all([step >= 0 for step in steps], axis=0))
    past = np.column_stack([sizes[step[whole]] for step in steps])
    findings = [finding for _, told in found for finding in told]
    findings += [*_lost(before, len(whole), lags), *_in_step(names, sizes, units)]
    return Lagged(names, sizes[whole], past, units[whole], periods[whole], known[whole], tuple(findings))


def _lost(before: Codes, whole: int, lags: int) -> Iterator[Finding]:
    """Rows without a past, and whether the lags ask for more periods than any platform has."""
    lost = len(before) - whole
    if lost and not whole:
        longest = int(np.bincount(np.cumsum(before < 0)).max())
        yield Finding("lags_too_long", lost, details={"lags": lags, "needed": lags + 1, "longest": longest})
    elif lost:
        yield Finding("no_past", lost, details={"lags": lags, "rows": f"{len(before):,}"})


def _in_step(names: tuple[str, str], sizes: Reals, units: Codes) -> Iterator[Finding]:
    """Whether one side's size says all of the other's, up to what each platform has of its own."""
    if not len(sizes):
        return
    codes = numbered(units)
    means = summed(sizes, codes, int(codes.max()) + 1) / np.bincount(codes)[:, np.newaxis]
    moves = sizes - means[codes]
    lengths = np.sqrt((moves**2).sum(axis=0))
    if (lengths <= ALIKE * np.abs(sizes).max()).any():
        return
    one, other = (moves / lengths).T
    if np.abs(one - (one @ other) * other).max() < ALIKE:
        yield Finding("sides_in_step", column=names[0], details={"other": names[1]})
