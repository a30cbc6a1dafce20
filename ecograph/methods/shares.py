"""How a total is shared out."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def ratios(parts: NDArray[Any], wholes: NDArray[Any]) -> NDArray[np.float64]:
    """Parts over wholes, cell by cell; NaN where the whole is not above 0.

    Parameters
    ----------
    parts, wholes : array
        Numbers; the wholes are of the shape of the parts, or stretch to it.

    Returns
    -------
    float64
        Of the shape of the parts.
    """
    found = np.full(parts.shape, np.nan)
    np.divide(parts, wholes, out=found, where=np.broadcast_to(wholes, parts.shape) > 0)
    return found


def concentration_of(totals: NDArray[np.float64], k: int) -> dict[str, float]:
    """Herfindahl-Hirschman index, share of the k largest, Gini, entropy and top ratio of non-negative totals.

    Parameters
    ----------
    totals : float64 (n)
        What each member has, 0 or more.
    k : int
        How many of the largest members ``cr`` adds up.

    Returns
    -------
    dict of str to float
        By name: hhi, hhi_points, cr, gini, entropy (nats), top_ratio, n, total; NaN where the total is 0.
    """
    n, total = len(totals), float(totals.sum())
    nothing = dict.fromkeys(("hhi", "hhi_points", "cr", "gini", "entropy", "top_ratio"), float("nan"))
    if not total:
        return nothing | {"n": n, "total": total}
    scaled = np.sort(totals) / totals.max()  # first, so that the least totals a float can hold give shares too
    shares = scaled / scaled.sum()
    positive = shares[shares > 0]
    hhi = float((shares**2).sum())
    second = float(scaled[-2]) if n > 1 else 0.0
    return {
        "hhi": hhi,
        "hhi_points": 10_000 * hhi,
        "cr": min(float(shares[-k:].sum()), 1.0),
        "gini": max(0.0, float(2 * (np.arange(1, n + 1) * shares).sum() / n - (n + 1) / n)),
        "entropy": max(0.0, -float((positive * np.log(positive)).sum())),
        "top_ratio": 1.0 / second if second > np.finfo(np.float64).tiny else float("nan"),
        "n": n,
        "total": total,
    }
