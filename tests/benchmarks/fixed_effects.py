"""Estimators of panels: two-way fixed effects with clustered errors, against linearmodels and pyfixest.

`python tests/benchmarks/fixed_effects.py` prints Markdown tables. Every program starts from the tables it likes best.
"""

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyfixest
from linearmodels import PanelOLS
from numpy.typing import NDArray
from timing import apart, compare, machine, table, versions

from ecograph.methods.fixed_effects import Estimate, estimated, within
from ecograph.methods.wild import Draws, drawn, wild_bootstrap

OURS = "ecograph"


@dataclass(frozen=True)
class Rows:
    """Rows of a panel with gaps, an outcome and two regressors."""

    name: str
    units: NDArray[np.int64]
    periods: NDArray[np.int64]
    outcomes: NDArray[np.float64]
    regressors: NDArray[np.float64]


def made(name: str, units: int, periods: int, seed: int = 1) -> Rows:
    """A panel of which a fifth of the rows are missing."""
    random = np.random.default_rng(seed)
    cells = np.flatnonzero(random.random(units * periods) < 0.8)
    places, times = cells // periods, cells % periods
    regressors = random.normal(size=(len(cells), 2)) + random.normal(size=units)[places][:, None]
    noise = random.normal(size=units)[places] + random.normal(size=periods)[times] + random.normal(size=len(cells))
    return Rows(name, places, times, regressors @ [0.5, 0.25] + noise, regressors)


def ours(rows: Rows) -> Estimate:
    """Our regression."""
    regression = within(rows.outcomes, rows.regressors, [rows.units, rows.periods], keep_singletons=True)
    return estimated(regression, "clustered", [rows.units], factor="linearmodels")


def frame_of(rows: Rows) -> pd.DataFrame:
    """The table the peers take."""
    one, two = rows.regressors.T
    columns = {"y": rows.outcomes, "one": one, "two": two, "unit": rows.units, "period": rows.periods}
    return pd.DataFrame(columns)


def linearmodels_of(frame: pd.DataFrame) -> Any:
    """The regression of linearmodels, of a table indexed by unit and period."""
    model = PanelOLS(frame["y"], frame[["one", "two"]], entity_effects=True, time_effects=True)
    return model.fit(cov_type="clustered", cluster_entity=True)


def pyfixest_of(frame: pd.DataFrame) -> Any:
    """The regression of pyfixest."""
    return pyfixest.feols("y ~ one + two | unit + period", frame, vcov={"CRV1": "unit"})


def speed(rows: Rows) -> str:
    """Times of the programs, once they agree."""
    frame = frame_of(rows)
    indexed = frame.set_index(["unit", "period"])
    peer, found = linearmodels_of(indexed), ours(rows)
    np.testing.assert_allclose(found.coefficients, peer.params, rtol=1e-8)
    np.testing.assert_allclose(found.errors, peer.std_errors, rtol=1e-8)
    programs = {
        OURS: lambda: ours(rows),
        "linearmodels": lambda: linearmodels_of(indexed),
        "pyfixest": lambda: pyfixest_of(frame),
    }
    return f"### {rows.name}: {len(rows.units):,} rows\n\n{table(compare(programs, runs=3), OURS)}\n"


def drawing(rows: Rows, draws: int) -> str:
    """Times of wild bootstrap draws, and of a fiftieth as many made by estimating again with our own regression."""
    effects, clusters = [rows.units, rows.periods], [rows.units]
    regression = within(rows.outcomes, rows.regressors, effects, keep_singletons=True)
    few = draws // 50
    weights = drawn(int(rows.units.max()) + 1, few, "rademacher", 1)
    restricted = within(rows.outcomes, rows.regressors[:, 1:], effects, keep_singletons=True).residuals

    def again() -> list[float]:
        statistics = []
        for weight in weights.T:
            found = within(weight[rows.units] * restricted, rows.regressors, effects, keep_singletons=True)
            estimate = estimated(found, "clustered", clusters, factor="none")
            statistics.append(float(estimate.coefficients[0] / estimate.errors[0]))
        return statistics

    np.testing.assert_allclose(again(), Draws(regression, rows.units, 0).statistics(weights)(0.0), rtol=1e-6)
    programs = {
        f"{OURS}, {draws} draws and the interval": lambda: wild_bootstrap(regression, rows.units, 0, draws=draws),
        f"a loop over refits, {few} draws": again,
    }
    timings = compare(programs, runs=3)
    drawing_all, refitting = (timing.cpu for timing in timings.values())
    told = f"A draw of the loop takes {refitting / few / (drawing_all / draws):,.0f} times as long as one of {OURS}'s."
    return f"### {rows.name}: {len(rows.units):,} rows\n\n{table(timings, next(iter(programs)))}\n\n{told}\n"


def main() -> None:
    """Print the tables."""
    warnings.simplefilter("ignore")
    print("## Fixed effects\n")
    print(f"{machine()}; {versions('numpy', 'scipy', 'linearmodels', 'pyfixest')}.")
    print("Medians of runs taken in turns, after a warm-up; coefficients and errors agree with linearmodels' to 1e-8.")
    print()
    for name, units, periods in (("many platforms", 25_000, 50), ("few platforms", 300, 400)):
        print(apart(speed, made(f"{name}, two-way fixed effects, errors clustered by platform", units, periods)))
    print(apart(drawing, made("wild cluster bootstrap, the null imposed", 500, 250), 999))


if __name__ == "__main__":
    main()
