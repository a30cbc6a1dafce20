"""Estimates that the data do not tell: the error that says why, in the words of its finding."""

from typing import Any

from ecograph.errors import EstimateError
from ecograph.text import sentence


def refusal(code: str, **gaps: Any) -> EstimateError:
    """Build the error of data that do not tell what is to be estimated.

    Parameters
    ----------
    code : str
        Finding whose sentences say why, and what to do.
    **gaps
        Values for its gaps.

    Returns
    -------
    EstimateError
        To be raised by the caller.

    Examples
    --------
    >>> print(refusal("too_few_pasts", platforms=1))
    platforms with a period before: 1, and effects of periods need at least two; give more platforms or periods
    """
    reason, remedy = (sentence("findings", f"{code}.{part}", "en", **gaps) for part in ("reason", "remedy"))
    return EstimateError(f"{reason}; {remedy}", code, gaps)
