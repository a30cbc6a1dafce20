"""Coverage: how often intervals of effects between two sides hold the truth, on made panels.

`python tests/benchmarks/coverage.py 2000` prints a Markdown table of 2,000 panels a cell; without a number, of 100.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from multiprocessing import Pool

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from ecograph.errors import ParameterError
from ecograph.methods.systems import EXPLOSIVE, two_equations

Reals = NDArray[np.float64]

LEVEL, SURE = 0.05, 0.999
CROSS = 0.1
MOSTLY = 0.9
"""Share of a cell's panels that must be answered without warning for the recommendation to hold there."""
BURNT = 50
HEAD = """## Intervals that cover

{panels:,} panels a cell: platforms and periods with a past, both sides' own effect and a cross effect of 0.1, effects
of platforms, shocks that all share, a share of rows missing. Coverage of own and cross effect by 95 % intervals of the
recommended estimator should lie from {low:.1%} to {high:.1%}, and false alarms where the cross effect is 0 from
{least:.1%} to {most:.1%} (99.9 % of binomial draws). Plain and corrected: bias of the own effect. Where more than one
panel in ten comes with the warning that it is too short for how persistent it is (no solution, or a root of 0.95 or
more), the recommendation is to conclude nothing, and the cell is not held to the band.

| platforms | periods | own | gaps | answered | own in | cross in | false alarms | power | plain | corrected | held |
| --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --- |
"""


@dataclass(frozen=True)
class Cell:
    """A kind of panel."""

    platforms: int
    periods: int
    own: float
    gaps: float


@dataclass(frozen=True)
class Found:
    """What the recommended estimator did over the panels of a cell."""

    cell: Cell
    answered: float
    covers: tuple[float, float]
    alarms: float
    power: float
    plain: float
    corrected: float
    counts: tuple[int, int]

    def outside(self) -> list[str]:
        """What lies outside of its band though the recommendation holds; the band is that of its own count."""
        if self.answered < MOSTLY:
            return []
        held = [("covers own", self.covers[0], 1 - LEVEL, 0), ("covers cross", self.covers[1], 1 - LEVEL, 0)]
        held.append(("false alarms", self.alarms, LEVEL, 1))
        return [name for name, share, wanted, which in held if not within_band(share, self.counts[which], wanted)]

    def row(self) -> str:
        """Row of the table."""
        verdict = ", ".join(self.outside()) or ("yes" if self.answered >= MOSTLY else "not recommended")
        shares = (self.answered, *self.covers, self.alarms, self.power)
        cells = (
            *(f"{one:,}" for one in (self.cell.platforms, self.cell.periods)),
            f"{self.cell.own:g}",
            f"{self.cell.gaps:.0%}",
            *(f"{one:.1%}" for one in shares),
            f"{self.plain:+.3f}",
            f"{self.corrected:+.3f}",
            verdict,
        )
        return f"| {' | '.join(cells)} |"


def band(wanted: float, n: int) -> tuple[float, float]:
    """Shares between which 99.9 % of binomial draws lie."""
    low, high = binom.interval(SURE, n, wanted)
    return float(low) / n, float(high) / n


def within_band(share: float, n: int, wanted: float) -> bool:
    """Whether a share is one that chance gives."""
    low, high = band(wanted, n)
    return low <= share <= high


def made(
    cell: Cell, cross: float, random: np.random.Generator
) -> tuple[Reals, Reals, NDArray[np.int64], NDArray[np.int64]]:
    """Both sides of platforms in their long-run state."""
    matrix = np.array([[cell.own, cross], [cross, cell.own]])
    effects, sizes = random.normal(size=(cell.platforms, 2)), np.zeros((cell.platforms, 2))
    kept = []
    for period in range(BURNT + cell.periods + 1):
        sizes = sizes @ matrix.T + effects + random.normal(size=2) + random.normal(size=sizes.shape)
        if period >= BURNT:
            kept.append(sizes)
    table = np.stack(kept, axis=1)
    there = random.random(table.shape[:2]) >= cell.gaps
    units, periods = np.nonzero(there[:, 1:] & there[:, :-1])
    return table[units, periods + 1], table[units, periods], units, periods


def answers(cell: Cell, cross: float, panels: int) -> Iterator[tuple[Reals, Reals, Reals, float]]:
    """Estimates, half widths, p-values and the plain own effect, of panels that come without a warning."""
    random = np.random.default_rng([cell.platforms, cell.periods, int(100 * cell.own), int(100 * cell.gaps)])
    for _ in range(panels):
        try:
            system = two_equations(*made(cell, cross, random))
        except ParameterError:
            continue
        if system.solved and system.root < EXPLOSIVE:
            low, high = system.estimate.interval(1 - LEVEL)
            plain = float(system.plain[0].coefficients[0])
            yield system.estimate.coefficients[:2], (high - low)[:2] / 2, system.estimate.p_values[:2], plain


def measured(cell: Cell, panels: int) -> Found:
    """Everything about a cell."""
    true = np.array([cell.own, CROSS])
    told, none = list(answers(cell, CROSS, panels)), list(answers(cell, 0.0, panels))
    if not told or not none:
        nan = float("nan")
        return Found(cell, 0.0, (nan, nan), nan, nan, nan, nan, (0, 0))
    inside = np.mean([np.abs(found - true) <= width for found, width, _, _ in told], axis=0)
    return Found(
        cell,
        min(len(told), len(none)) / panels,
        (float(inside[0]), float(inside[1])),
        float(np.mean([p[1] < LEVEL for _, _, p, _ in none])),
        float(np.mean([p[1] < LEVEL for _, _, p, _ in told])),
        float(np.mean([plain for _, _, _, plain in told])) - cell.own,
        float(np.mean([found[0] for found, _, _, _ in told])) - cell.own,
        (len(told), len(none)),
    )


def cells() -> list[Cell]:
    """Every kind of panel."""
    return [Cell(*one) for one in product((20, 100), (6, 12, 30), (0.3, 0.6, 0.85), (0.0, 0.15))]


def table(panels: int) -> str:
    """The table in Markdown."""
    (low, high), (least, most) = band(1 - LEVEL, panels), band(LEVEL, panels)
    with Pool(2) as pool:
        rows = [found.row() for found in pool.map(partial(measured, panels=panels), cells(), chunksize=1)]
    return HEAD.format(panels=panels, low=low, high=high, least=least, most=most) + "\n".join(rows) + "\n"


if __name__ == "__main__":
    print(table(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
