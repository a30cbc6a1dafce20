"""How surprising a value is beside the same measure of networks drawn at random."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray


class Surprise(NamedTuple):
    """A value beside what is drawn.

    Parameters
    ----------
    expected, deviation : float
        Mean and standard deviation of what was drawn.
    z : float
        Deviations by which the value is above the mean; NaN where all that was drawn is equal.
    p : float
        Probability of a value as large.
    """

    expected: float
    deviation: float
    z: float
    p: float


def surprise(value: float, drawn: ArrayLike, random: np.random.Generator) -> Surprise:
    """Compare a value with what is drawn; large values surprise.

    Parameters
    ----------
    value : float
        The value.
    drawn : float (samples)
        The same measure of networks drawn.
    random : numpy.random.Generator
        Where the place of the value among equal ones is drawn from: if the value is drawn like the others, each place
        among all of them is as likely, and p is uniform over 1, ..., samples + 1, divided by samples + 1 (Besag &
        Clifford 1989).

    Returns
    -------
    Surprise
        Where it stands.
    """
    cells: NDArray[np.float64] = np.asarray(drawn, np.float64)
    rounding = 1e-12 * max(float(np.abs(cells).max(initial=0.0)), abs(value))
    expected, deviation = float(cells.mean()), float(cells.std(ddof=1)) if len(cells) > 1 else 0.0
    larger, equal = int((cells > value + rounding).sum()), int((np.abs(cells - value) <= rounding).sum())
    place = larger + 1 + int(random.integers(0, equal + 1))
    z = (value - expected) / deviation if deviation > rounding else float("nan")
    return Surprise(expected, deviation, z, place / (len(cells) + 1))
