"""What a panel of two sides allows: which estimate to go by, or none. The only place of these rules."""

from typing import Literal, TypeAlias

from ecograph.methods.systems import System

Advice: TypeAlias = Literal["use_corrected", "use_wild", "no_corrected", "unit_root", "too_flat"]
JackknifeAdvice: TypeAlias = Literal["use_jackknife", "short_for_jackknife"]
USABLE: tuple[Advice, ...] = ("use_corrected", "use_wild")
EXPLOSIVE = 0.95
"""Largest root from which on sizes hardly come back."""
STEEP = 0.5
"""Share of the slope that must be left once the bias is taken off."""
ENOUGH = 12
"""Platforms below which errors clustered by platform are too few to go by alone."""
STEEP_FOR_HALVES, LONG = 0.9, 20
"""The same share, and periods, from which on the half-panel jackknife leaves little bias."""


def advised(system: System, platforms: int) -> Advice:
    """Say which estimate of a panel to go by.

    Parameters
    ----------
    system : System
        Both equations of the panel, whatever they were estimated with.
    platforms : int
        How many platforms it has.

    Returns
    -------
    str
        ``use_corrected``; ``use_wild``: the same, and the wild bootstrap beside it, platforms being few; or why no
        interval can be gone by: ``no_corrected``, no coefficients have the bias that the panel shows, ``unit_root``,
        sizes hardly come back, or ``too_flat``, too little of the slope is left.

    Notes
    -----
    At a root of 1 the slope of the corrected equations is 0 (Kruiniger 2018), and near it estimates are not normal
    and intervals from their slope do not cover; how near depends on the number of periods, which is why the share of
    the slope that is left decides, not the root alone. Plain fixed effects (Nickell 1981) and the half-panel jackknife
    (Dhaene & Jochmans 2015), whose bias is of the order of 1 / T and 1 / T^2, cover only where this estimate does too,
    so neither is ever advised. Few clusters: Cameron, Gelbach & Miller (2008). The limits were set by simulated
    coverage on other seeds than those of the published table.
    """
    if system.solution is None:
        return "no_corrected"
    if system.root >= EXPLOSIVE:
        return "unit_root"
    if system.solution.steepness < STEEP:
        return "too_flat"
    return "use_wild" if platforms < ENOUGH else "use_corrected"


def jackknife_advised(sides: System | None, periods: float) -> JackknifeAdvice:
    """Say whether to go by the half-panel jackknife, where the outcome is another than what is in the past.

    Parameters
    ----------
    sides : System, optional
        Both sides' sizes, which are the past; None where they cannot be estimated.
    periods : float
        Periods with a past that a platform has on average.

    Returns
    -------
    str
        ``use_jackknife``, or ``short_for_jackknife``: there are too few periods for how persistent the sizes are.

    Notes
    -----
    It takes off the bias of the order of 1 / T and leaves that of 1 / T^2, and the variance that it adds vanishes with
    T as well (Dhaene & Jochmans 2015). What it leaves is small where the whole bias takes little of the slope.
    """
    if sides is None or sides.solution is None or sides.solution.steepness < STEEP_FOR_HALVES or periods < LONG:
        return "short_for_jackknife"
    return "use_jackknife"
