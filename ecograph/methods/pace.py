"""How fast this machine is."""

import time
from functools import cache

import numpy as np

from ecograph.kernels import csr

RELATIONS, NODES, TRIES = 1 << 17, 1 << 14, 5


@cache
def pace() -> float:
    """Seconds that this machine takes for one operation, which is to take one relation into rows.

    Returns
    -------
    float
        Seconds, measured once a process, in about a hundredth of a second.
    """
    random = np.random.default_rng(0)
    sources, targets = random.integers(0, NODES, (2, RELATIONS), dtype=np.int32)
    tries = []
    for _ in range(TRIES):
        began = time.perf_counter()
        csr.build(sources, targets, NODES)
        tries.append(time.perf_counter() - began)
    return min(tries) / RELATIONS
