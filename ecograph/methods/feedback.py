"""What two sides do to each other over and over: the gain of the loop, and where it tips."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecograph.methods.within import Reals


@dataclass(frozen=True)
class Gain:
    """Gain of a loop of two sides with its interval by the delta method.

    Parameters
    ----------
    gain : float
        By how much a lasting change of one side comes back to it through the other; NaN where an own effect is 1 or
        more, so that a side alone already grows without end.
    error : float
        Standard error of the gain.
    multiplier : float
        Long-run size of a lasting change over its first size, the loop's part; NaN where the loop is not stable.
    """

    gain: float
    error: float
    multiplier: float

    @property
    def stable(self) -> bool:
        """Whether what comes back is less than what went out."""
        return self.gain < 1.0


def loop_gain_of(effects: Reals, variance: Reals) -> Gain:
    """Gain of a loop from its four effects.

    Parameters
    ----------
    effects : float64 (4)
        Own effect of the first side, of the second side on it, of the first side on the second, own of the second; of
        several lags their sums.
    variance : float64 (4, 4)
        Their variance.

    Returns
    -------
    Gain
        The gain, its standard error and the long-run multiplier.

    Notes
    -----
    g = b_AB b_BA / ((1 - r_A)(1 - r_B)); its gradient is (g / (1 - r_A), b_BA / ((1 - r_A)(1 - r_B)), b_AB / ((1 - r_A)
    (1 - r_B)), g / (1 - r_B)). The multiplier is 1 / (1 - g).

    Examples
    --------
    >>> found = loop_gain_of(np.array([0.5, 0.2, 0.3, 0.4]), np.zeros((4, 4)))
    >>> round(found.gain, 6), round(found.multiplier, 6), found.stable
    (0.2, 1.25, True)
    """
    own, onto, back, other = effects
    if own >= 1 or other >= 1:
        return Gain(float("nan"), float("nan"), float("nan"))
    spare = (1 - own) * (1 - other)
    gain = float(onto * back / spare)
    gradient = np.array([gain / (1 - own), back / spare, onto / spare, gain / (1 - other)])
    error = float(np.sqrt(max(gradient @ variance @ gradient, 0.0)))
    return Gain(gain, error, 1 / (1 - gain) if gain < 1 else float("nan"))


def drawn_gains(effects: Reals, influence: Reals, draws: int, seed: int, *, factor: float = 1.0) -> NDArray[np.float64]:
    """Gains of effects moved by units drawn with replacement.

    Parameters
    ----------
    effects : float64 (4)
        As for :func:`loop_gain_of`.
    influence : float64 (units, 4)
        By how much each unit moves each effect.
    draws, seed : int
        How many draws, and their seed.
    factor : float
        Small-sample factor of the variance.

    Returns
    -------
    float64 (draws)
        Gains; infinite where a side alone grows without end.

    Notes
    -----
    A draw of units moves the effects by the influence of those drawn once more and takes that of those left out: the
    bootstrap of pairs by cluster to first order, with no estimate made again (Kline & Santos 2012).
    """
    units = len(influence)
    random = np.random.default_rng(seed)
    times = random.multinomial(units, np.full(units, 1 / units), size=draws) - 1.0
    own, onto, back, other = (effects + np.sqrt(factor) * (times @ influence)).T
    growing = (own >= 1) | (other >= 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        gains = onto * back / ((1 - own) * (1 - other))
    return np.where(growing, np.inf, gains)


def turning_point(matrix: Reals, constants: Reals) -> Reals:
    """Where both sides stay as they are: the crossing of two straight response curves.

    Parameters
    ----------
    matrix : float64 (2, 2)
        Effects of both sides' sizes a period before.
    constants : float64 (2)
        Constants of the two curves.

    Returns
    -------
    float64 (2)
        Sizes; NaN where the curves are parallel.
    """
    rest = np.eye(2) - matrix
    if abs(np.linalg.det(rest)) < 1e-12:
        return np.full(2, np.nan)
    return np.asarray(np.linalg.solve(rest, constants), np.float64)
