"""Who is joined to what: two sides of a path as one matrix of ones."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ecograph.methods.contingency import crossed

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def incidence(factors: "Sequence[csr_array]") -> "csr_array":
    """Which node of the first side is joined to which of the second: 1, however many paths there are.

    Parameters
    ----------
    factors : sequence of csr_array
        One matrix a step of a path; their product is asked for here.

    Returns
    -------
    csr_array (first, second)
        Ones, columns of a row ascending.
    """
    product = factors[0]
    for factor in factors[1:]:
        product = product @ factor
    joined = product.tocsr(copy=True)
    joined.sort_indices()
    joined.data = np.ones(len(joined.data), np.int64)
    return joined


def types_joined(joined: "csr_array", types: NDArray[np.int64], n_types: int) -> NDArray[np.int64]:
    """How many nodes of each type each node of the second side is joined to.

    Parameters
    ----------
    joined : csr_array (first, second)
        Ones.
    types : int64 (first)
        Type of each node of the first side; one with -1 is left out.
    n_types : int
        How many types there are.

    Returns
    -------
    int64 (second, n_types)
        Counts.
    """
    first, second = joined.nonzero()
    counts = crossed(second.astype(np.int64), types[first], (joined.shape[1], n_types))
    return counts.astype(np.int64)
