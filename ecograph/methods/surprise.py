"""How surprising a value is beside the same measure of networks drawn at random."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ecograph.errors import ParameterError

MOST_SAMPLES = 100_000


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


def checked_samples(samples: int, seed: int) -> None:
    """Refuse numbers of samples and seeds that have no meaning.

    Raises
    ------
    ParameterError
        If there are fewer than 1 sample or more than 100,000, or the seed is outside 0 to 2,147,483,647.
    """
    if not 1 <= samples <= MOST_SAMPLES:
        raise ParameterError(f"samples={samples}; give a whole number from 1 to {MOST_SAMPLES:,}")
    checked_seed(seed)


def checked_seed(seed: int) -> None:
    """Refuse a seed that has no meaning.

    Raises
    ------
    ParameterError
        If it is outside 0 to 2,147,483,647.
    """
    if not 0 <= seed < 2**31:
        raise ParameterError(f"seed={seed}; give a whole number from 0 to {2**31 - 1}")
