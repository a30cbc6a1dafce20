"""What to go by: the limits of the rule, the same whatever is asked for, and said in both languages."""

from dataclasses import replace

import numpy as np
import pytest

import ecograph as eg
from ecograph.errors import EstimateError
from ecograph.generate.sides import Equation
from ecograph.generate.twosided import two_sided
from ecograph.methods.advice import Advice, advised, jackknife_advised
from ecograph.methods.refusals import refusal
from ecograph.methods.systems import Estimator, System, two_equations
from tests.methods.test_short_panels import made


@pytest.fixture(scope="module")
def system() -> System:
    panel = made(1, 40, 20, true=np.array([[0.3, 0.1], [0.0, 0.3]]))
    return two_equations(panel.now, panel.past, panel.units, panel.periods)


def changed(system: System, steepness: float = 0.9, own: float = 0.3) -> System:
    assert system.solution is not None
    coefficients = np.array([own, 0.0, 0.0, 0.2])
    return replace(system, solution=replace(system.solution, steepness=steepness, coefficients=coefficients))


@pytest.mark.parametrize(
    ("steepness", "own", "platforms", "expected"),
    [
        (0.5, 0.94, 12, "use_corrected"),
        (0.5, 0.94, 11, "use_wild"),
        (0.49, 0.94, 12, "too_flat"),
        (-0.1, 0.3, 400, "too_flat"),
        (0.9, 0.95, 400, "unit_root"),
        (0.9, -0.95, 400, "unit_root"),
        (0.1, 0.99, 5, "unit_root"),
    ],
)
def test_the_limits_of_the_rule(system: System, steepness: float, own: float, platforms: int, expected: Advice) -> None:
    assert advised(changed(system, steepness, own), platforms) == expected


def test_without_a_solution_there_is_nothing_to_go_by(system: System) -> None:
    assert advised(replace(system, solution=None), 400) == "no_corrected"


def test_the_jackknife_needs_periods_and_little_bias(system: System) -> None:
    assert jackknife_advised(changed(system, 0.9), 20) == "use_jackknife"
    for sides, periods in ((changed(system, 0.89), 20), (changed(system, 0.9), 19.9), (None, 400)):
        assert jackknife_advised(sides, periods) == "short_for_jackknife"
    assert jackknife_advised(replace(system, solution=None), 400) == "short_for_jackknife"


@pytest.mark.parametrize("estimator", ["recommended", "corrected", "jackknife", "within"])
def test_what_to_go_by_does_not_hang_on_what_is_asked_for(estimator: Estimator) -> None:
    panel = two_sided(30, 12, seed=4).panel
    found = eg.cross_side_effects(panel, estimator=estimator, draws=0, shuffles=0)
    advice = next(one for one in found.findings if one.code == "use_corrected")
    assert advice.count == 30
    for language in ("en", "zh"):
        said = found.explain("makers (t-1)", equation="makers", language=language)
        assert advice.reason(language) in said
    assert "bias-corrected estimate" in advice.reason()
    assert "校正估计" in advice.reason("zh")


@pytest.mark.parametrize(
    ("platforms", "periods", "own", "expected"),
    [
        (60, 24, 0.3, {"use_corrected"}),
        (8, 40, 0.3, {"use_wild"}),
        (60, 7, 0.85, {"no_corrected", "too_flat", "unit_root"}),
    ],
)
def test_panels_that_are_made_are_judged_by_what_was_planted(
    platforms: int, periods: int, own: float, expected: set[str]
) -> None:
    equations = {"makers": Equation(own, 0.05, 0.2), "suppliers": Equation(own, 0.05, 0.2)}
    for seed in range(5):
        panel = two_sided(platforms, periods, equations=equations, seed=seed).panel
        for measure in (eg.cross_side_effects, eg.loop_gain):
            codes = {one.code for one in measure(panel).findings}
            assert expected & codes or "grows_alone" in codes


def test_a_refusal_is_its_finding_in_one_line() -> None:
    with pytest.raises(EstimateError, match="need at least two; give more") as raised:
        raise refusal("too_few_pasts", platforms=1)
    assert (raised.value.code, dict(raised.value.gaps)) == ("too_few_pasts", {"platforms": 1})
