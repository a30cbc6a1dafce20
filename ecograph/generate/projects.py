"""Projects: how far each comes from -1 to 0 to 1 and beyond, and which of them stall."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ecograph.generate import days
from ecograph.generate.draws import Mask, Numbers, dealt, portion, weighted
from ecograph.generate.names import named
from ecograph.generate.population import Population
from ecograph.generate.settlement import Settlement
from ecograph.generate.tables import Columns, vocabulary

# Last stage a project reaches (-1, 0, 1, beyond), whether it has left, and the share of such projects.
FATES = (
    (0, False, 0.15),
    (1, False, 0.32),
    (2, False, 0.14),
    (3, False, 0.09),
    (0, True, 0.1),
    (1, True, 0.1),
    (2, True, 0.1),
)
STAGES = 4
GREENHOUSE = 2  # stages before 1
PATIENCE = 90  # days without news after which a project stalls
STALLED = 0.05
LONGEST_SILENCE = 290
SILENT = 0.25  # of the stalled have never reported anything
HEAD_START = 0.2  # of the projects begin at 0
STEP = 10  # least days in a stage
PLANNED = (0.9, 1.8)  # times the length it has so far
DIFFICULTIES = 5
INDUSTRIES = (0.45, 0.2, 0.15, 0.15, 0.05)


@dataclass(frozen=True, eq=False)
class Projects:
    """Projects and their lives.

    Parameters
    ----------
    founders, hosts : array of int64
        Maker who founded each project, and the makerspace that incubates it.
    firsts, lasts : array of int64
        First and last stage, 0 for -1 to 3 for beyond.
    starts, stops : array of int64
        First day, and first day no longer.
    quiet : array of int64
        Day from which nothing is heard of the project.
    marks : int64 (projects, 3)
        Days on which its second and later stages start.
    cycles : array of int64
        Expected length in days.
    """

    founders: Numbers
    hosts: Numbers
    firsts: Numbers
    lasts: Numbers
    starts: Numbers
    stops: Numbers
    quiet: Numbers
    marks: Numbers
    cycles: Numbers

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def active(self) -> Mask:
        """Whether each is incubated on the as-of day."""
        return np.asarray(self.stops == days.BLANK)

    @cached_property
    def greenhouse(self) -> Mask:
        """Whether each is in -1 or 0 on the as-of day."""
        return np.asarray(self.active & (self.lasts < GREENHOUSE))

    @cached_property
    def stalled(self) -> Mask:
        """Whether each has stalled on the as-of day: no news for more than PATIENCE days."""
        return np.asarray(self.greenhouse & (days.AS_OF - (self.quiet - 1) > PATIENCE))

    @cached_property
    def silent(self) -> Mask:
        """Whether nothing was ever heard of it."""
        return np.asarray(self.quiet == self.starts)


def projects(population: Population, settlement: Settlement, random: np.random.Generator) -> Projects:
    """Draw the life of every project.

    Parameters
    ----------
    population : Population
        Who there is.
    settlement : Settlement
        Who is at home where.
    random : numpy.random.Generator
        Draws everything.

    Returns
    -------
    Projects
        The projects.
    """
    n = population.sizes["Project"]
    founders = weighted(np.sqrt(settlement.activity), n, random)
    lasts, left = np.array([fate[:2] for fate in FATES]).T[:, dealt([fate[2] for fate in FATES], n, random)]
    firsts = np.where((lasts > 0) & (random.random(n) < HEAD_START), 1, 0)
    ends = np.where(left == 1, random.integers(days.FIRST + LONGEST_SILENCE, days.END - STEP, size=n), days.END)
    calm, silent = _calm(firsts, lasts, left, random)
    ends[calm] = _last_words(len(calm), random) + 1
    starts = random.integers(days.FIRST, ends - (STAGES + 1) * STEP)
    stops = np.where(left == 1, ends, days.BLANK)
    quiet = ends.copy()
    quiet[silent] = starts[silent]
    marks = _marks(firsts, lasts, starts, ends, random)
    cycles = np.rint((ends - starts) * random.uniform(*PLANNED, n)).astype(np.int64)
    return Projects(founders, settlement.communities[founders], firsts, lasts, starts, stops, quiet, marks, cycles)


def _calm(firsts: Numbers, lasts: Numbers, left: Numbers, random: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Projects of the greenhouse whose news have ended; the silent ones among them never left stage -1."""
    n = portion(len(lasts), STALLED, 3) + 1  # one of them spoke on the last day that does not count as stalled
    young = random.permutation(np.flatnonzero((left == 0) & (lasts == 0) & (firsts == 0)))
    silent = young[: max(1, round(SILENT * n))]
    others = random.permutation(np.setdiff1d(np.flatnonzero((left == 0) & (lasts < GREENHOUSE)), silent))
    return np.concatenate([others[: n - len(silent)], silent]), silent


def _last_words(n: int, random: np.random.Generator) -> Numbers:
    """Days of the last news: on the last day in time, on the first too late, and long before."""
    drawn = random.integers(days.AS_OF - LONGEST_SILENCE, days.AS_OF - PATIENCE, size=n)
    drawn[:2] = days.AS_OF - PATIENCE, days.AS_OF - PATIENCE - 1
    return drawn


def _marks(firsts: Numbers, lasts: Numbers, starts: Numbers, ends: Numbers, random: np.random.Generator) -> Numbers:
    """Days between start and end on which stages change, at least STEP days apart."""
    changes = STAGES - 1
    used = np.arange(changes) < (lasts - firsts)[:, None]
    fractions = np.sort(np.where(used, random.random((len(starts), changes)), 1.0), axis=1)
    room = ends - starts - STEP * (changes + 1)
    waits = STEP * np.arange(1, changes + 1)
    return np.where(used, starts[:, None] + waits + np.floor(fractions * room[:, None]).astype(np.int64), days.BLANK)


def stage_rows(found: Projects) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Project, stage, first day and first day no longer of every stage of every project."""
    counts = found.lasts - found.firsts + 1
    rows = np.repeat(np.arange(len(found)), counts)
    ranks = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    bounds = np.column_stack([found.starts, found.marks, found.stops])
    lasts = ranks == counts[rows] - 1
    return (
        rows,
        found.firsts[rows] + ranks,
        bounds[rows, ranks],
        np.where(lasts, found.stops[rows], bounds[rows, ranks + 1]),
    )


def nodes(found: Projects, random: np.random.Generator) -> Columns:
    """Columns of the projects."""
    n = len(found)
    return {
        "name": named("Project", n, random),
        "valid_from": found.starts,
        "valid_to": found.stops,
        "industry": vocabulary("industry", dealt(INDUSTRIES, n, random)),
        "difficulty": random.integers(1, DIFFICULTIES + 1, size=n).astype(np.float64),
        "expected_cycle": found.cycles.astype(np.float64),
        "activity": vocabulary("activity", random.integers(4, size=n)),
    }
