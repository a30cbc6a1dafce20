"""Diagnoses of estimates between two sides, as findings."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ecograph.errors import EstimateError
from ecograph.methods.advice import advised
from ecograph.methods.nickell import nickell_bias
from ecograph.methods.placebo import placebo_p, shuffled_pairs
from ecograph.methods.serial import serial_test
from ecograph.methods.systems import System, left_over
from ecograph.quality import Finding
from ecograph.table import Language
from ecograph.views.lagged import Lagged
from ecograph.views.need import Need
from ecograph.views.panel import Panel

SHORT = 20
"""Periods with a past from which on the bias of plain fixed effects is small."""
FEW = 40
"""Platforms below which errors clustered by platform are bootstrapped as well."""
LEVEL = 0.05
NOTE = {"en": " Note: {}.", "zh": "说明：{}。"}


def needed(panel: Panel, options: Mapping[str, Any]) -> Need:
    """What estimates between two sides need, by a metric's options.

    Parameters
    ----------
    panel : Panel
        The panel.
    options : mapping
        Options by name: ``lags``, ``shuffles`` and ``draws`` count.

    Returns
    -------
    Need
        Operations and bytes.
    """
    lags, shuffles = options.get("lags", 1), options.get("shuffles", 0)
    cells, units = len(panel.units) * len(panel.periods), len(panel.units)
    drawn = 24 * options.get("draws", 0) * (min(units, FEW) if "shuffles" in options else units)
    operations = (500 * lags**2 + 100 * shuffles) * panel.size
    return Need(operations, 900 * lags**2 * panel.size + 60 * cells + drawn, "take fewer lags=" if lags > 1 else "")


def refused(error: EstimateError) -> Finding:
    """Why nothing can be estimated, as a finding.

    Parameters
    ----------
    error : EstimateError
        What the estimator said.

    Returns
    -------
    Finding
        The same in every language.
    """
    return Finding(error.code, details=error.gaps)


def advice_of(system: System, platforms: int) -> Finding:
    """Which estimate to go by, or why none, as a finding.

    Parameters
    ----------
    system : System
        The estimates.
    platforms : int
        How many platforms they are of.

    Returns
    -------
    Finding
        Its code is one of :data:`ecograph.methods.advice.Advice`.
    """
    steepness = f"{system.solution.steepness:.0%}" if system.solution else ""
    details = {"steepness": steepness, "root": f"{system.root:.3f}"}
    return Finding(advised(system, platforms), platforms, value=steepness, details=details)


def diagnosed(system: System, data: Lagged) -> Iterator[Finding]:
    """What a panel can answer, and what estimates of it rest on.

    Parameters
    ----------
    system : System
        The estimates.
    data : Lagged
        What they are of.

    Yields
    ------
    Finding
        Which estimate to go by, or why none; estimator and small-sample factor; rows not used; few platforms; by side,
        the bias of plain fixed effects in a short panel, and errors that go on.
    """
    platforms = len(np.unique(data.units))
    periods = len(data.units) / platforms
    yield advice_of(system, platforms)
    told = {"estimator": system.estimator, "factor": system.factor, "freedom": f"{system.estimate.freedom:,.0f}"}
    yield Finding("estimated_with", platforms, details=told)
    unused = int((~system.corrected.used).sum())
    if unused:
        yield Finding("too_few_rows", unused)
    if platforms < FEW:
        yield Finding("few_platforms", platforms)
    errors, past = left_over(system, data.now, data.past)
    used, width = system.corrected.used, system.matrix.shape[1]
    for number, side in enumerate(data.sides):
        own = float(system.matrix[number, number])
        if periods < SHORT and 0 <= own < 1:
            bias = nickell_bias(own, max(periods, 2.0))
            yield Finding("short_panel", column=side, value=f"{bias:+.3f}", details={"periods": f"{periods:.1f}"})
        influence = system.corrected.influence[:, number * width : (number + 1) * width]
        tested = serial_test(errors[:, number], data.units[used], data.periods[used], past, influence)
        if tested.p_value < LEVEL:
            details = {"p": f"{tested.p_value:.3g}"}
            yield Finding("errors_go_on", column=side, value=f"{tested.excess:+.3f}", details=details)


def with_note(sentence: str, note: Finding, language: Language) -> str:
    """A sentence about an estimate, and after it the finding that says how far to go by it.

    Parameters
    ----------
    sentence : str
        Whole, in the language.
    note : Finding
        Mostly the advice.
    language : str
        ``en`` or ``zh``.

    Returns
    -------
    str
        Both sentences.
    """
    return f"{sentence}{NOTE[language].format(note.reason(language))}"


def placebos(data: Lagged, shuffles: int, seed: int) -> Iterator[Finding]:
    """Cross effects that are no larger than those that shuffled pairs of platforms give.

    Parameters
    ----------
    data : Lagged
        Both sides with their past.
    shuffles, seed : int
        How often to shuffle, 0 for never, and the seed.

    Yields
    ------
    Finding
        One a side whose equation shows no more.
    """
    for number in range(2 if shuffles else 0):
        own, other = data.past[:, number::2], data.past[:, 1 - number]
        rest = data.past[:, 3 - number :: 2] if data.lags > 1 else np.zeros((len(other), 0))
        table = np.column_stack([own, rest])
        found = shuffled_pairs(data.now[:, number], table, other, data.units, data.periods, draws=shuffles, seed=seed)
        p = placebo_p(found)
        if not p <= LEVEL:
            details = {"other": data.sides[1 - number], "draws": f"{shuffles:,}"}
            yield Finding("no_larger_than_shuffled", column=data.sides[number], value=f"{p:.3f}", details=details)
