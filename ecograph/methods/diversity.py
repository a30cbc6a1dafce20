"""How diverse the members of each group are."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def diversities(counts: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
    """Shannon entropy, Blau index, Hill numbers and largest share of each row of counts.

    Parameters
    ----------
    counts : int64 (rows, types)
        How many members of each type a row has.

    Returns
    -------
    dict of str to array (rows)
        By name: shannon (nats), blau, hill_1, hill_2, largest_share, NaN where a row has no members; types and members,
        whole numbers.

    Notes
    -----
    With shares p: shannon H = -sum p ln p, blau = 1 - sum p^2, and the Hill numbers of order 0, 1 and 2 are the number
    of types met, exp(H) and 1 / sum p^2 (Hill 1973, eq. 4): how many types of equal size would be as diverse.
    """
    members = counts.sum(axis=1)
    shares = counts / np.where(members, members, 1)[:, np.newaxis]
    logarithms = np.log(shares, out=np.zeros(counts.shape), where=shares > 0)
    shannon = np.maximum(-(shares * logarithms).sum(axis=1), 0.0)
    squares = (shares**2).sum(axis=1)
    found = {
        "shannon": shannon,
        "blau": 1.0 - squares,
        "hill_1": np.exp(shannon),
        "hill_2": 1.0 / np.where(members, squares, 1.0),
        "largest_share": shares.max(axis=1, initial=0.0),
    }
    known = {name: np.where(members > 0, values, np.nan) for name, values in found.items()}
    return {**known, "types": (counts > 0).sum(axis=1), "members": members}
