"""Waiting: days between what follows each other, and from what is asked to what answers it."""

import numpy as np
from numpy.typing import NDArray

from ecograph.methods.stretches import FURTHEST

Numbers = NDArray[np.int64]


def gaps(owners: Numbers, moments: Numbers) -> tuple[Numbers, Numbers]:
    """Days between successive moments of each owner.

    Parameters
    ----------
    owners, moments : int64 (n)
        Whose each moment is, and its day; in any order.

    Returns
    -------
    owners : int64 (gaps)
        Ascending; gaps of one owner in the order of time.
    days : int64 (gaps)
        From 0, for two moments on one day.
    """
    order = np.lexsort((moments, owners))
    mine, days = owners[order], moments[order]
    same = mine[1:] == mine[:-1]
    return mine[1:][same], np.diff(days)[same]


def waits(
    questions: Numbers, asked: Numbers, answers: Numbers, answered: Numbers, today: int
) -> tuple[Numbers, NDArray[np.bool_]]:
    """Days from each question to its first answer on that day or later, or to the present day.

    Parameters
    ----------
    questions, asked : int64 (n)
        What is asked about, from 0, and on which day; none after today.
    answers, answered : int64 (m)
        What is answered, and on which day; none after today.
    today : int
        The present day.

    Returns
    -------
    days : int64 (n)
        From 0.
    over : bool (n)
        Whether it was answered.
    """
    # a question's days lie beyond those of the questions before, so one search serves all
    told = np.sort(4 * FURTHEST * answers + answered)
    wanted = 4 * FURTHEST * questions + asked
    places = np.searchsorted(told, wanted, "left")
    found = np.append(told, np.iinfo(np.int64).max)[places]
    over = found < 4 * FURTHEST * questions + 2 * FURTHEST
    return np.where(over, found - wanted, today - asked), over
