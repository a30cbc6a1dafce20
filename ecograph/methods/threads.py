"""How many threads a kernel may use."""

import os

from ecograph.errors import ParameterError

MOST = 1024


def threads() -> int:
    """Give the number of threads a kernel may use; no result depends on it.

    Returns
    -------
    int
        The environment variable ``ECOGRAPH_THREADS``, else the number of CPUs this process may use.

    Raises
    ------
    ParameterError
        If ``ECOGRAPH_THREADS`` is not a whole number from 1 to 1024.
    """
    text = os.environ.get("ECOGRAPH_THREADS", "")
    if not text:
        return min(_cpus(), MOST)
    if text.isascii() and text.isdecimal() and len(text) <= len(str(MOST)) and 1 <= int(text) <= MOST:
        return int(text)
    raise ParameterError(
        f"ECOGRAPH_THREADS={text!r} is not a whole number from 1 to {MOST}; set one, or leave it unset for all CPUs"
    )


def _cpus() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
