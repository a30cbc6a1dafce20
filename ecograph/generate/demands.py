"""Demands: what members of a makerspace ask for, what of it they get, and what stays unmet."""

from dataclasses import dataclass, replace

import numpy as np

from ecograph.generate import days
from ecograph.generate.arrays import Arrays
from ecograph.generate.draws import Groups, Mask, Numbers, Weights, first_of, portion, weighted
from ecograph.generate.population import Population
from ecograph.generate.projects import Projects
from ecograph.generate.resources import Supplies
from ecograph.generate.settlement import Settlement
from ecograph.generate.sides import Spells
from ecograph.generate.tables import chronological

BY_KIND = {"Maker": 0.7, "Team": 0.12, "Project": 0.18}  # of the demands
TRIES = 4  # candidates drawn for every demand wanted
WINDOW = 60  # least days in which demander and supplier are both there
HEADWAY = 10  # least days before a demand whose delivery came too early
UNMET = 0.05
NOTHING, PART, EARLY, SECOND = range(4)  # how demands come to be unmet, in turn; the second of two of one demander
MET = -1
TWINS = 0.06  # of the demands are followed by another of the same demander for the same resource
CLOSED = 0.5  # of the demands met whose demander or supplier leaves
LONGEST_CLOSING = 60
LEAST, LARGEST, STEEPNESS = 8, 2_000, 0.7  # steps of the resource's unit


@dataclass(frozen=True, eq=False)
class Members(Arrays):
    """Who may demand where and when, and how likely each does."""

    positions: Numbers
    spells: Spells
    weights: Weights


@dataclass(frozen=True, eq=False)
class Demands(Arrays):
    """Demands, by first day.

    Parameters
    ----------
    demanders : array of int64
        Positions.
    supplies : array of int64
        Row of the supply each is met from; it has the makerspace and the resource.
    since : array of int64
        Day from which demander and supplier are both there.
    starts, stops : array of int64
        First day, and first day no longer.
    opens, closes : array of int64
        Days between which deliveries come; the last is not among them.
    asked, given, early : array of int64
        Steps demanded, delivered between those days, and delivered before the demand was made.
    """

    demanders: Numbers
    supplies: Numbers
    since: Numbers
    starts: Numbers
    stops: Numbers
    opens: Numbers
    closes: Numbers
    asked: Numbers
    given: Numbers
    early: Numbers

    @property
    def missing(self) -> Numbers:
        """Steps that stay unmet."""
        return self.asked - self.given


def members(population: Population, settlement: Settlement, teams: Spells, found: Projects) -> Members:
    """Makers, teams and projects while they are members of a makerspace; projects until they fall quiet.

    Parameters
    ----------
    population : Population
        Who there is.
    settlement : Settlement
        Who is at home where.
    teams : Spells
        Memberships of the teams.
    found : Projects
        The projects.

    Returns
    -------
    Members
        The makers first, as they are settled.
    """
    activity = settlement.activity[settlement.makers]
    parts = (
        ("Maker", population.at("Maker", settlement.makers), settlement.spells, activity),
        ("Team", population.at("Team"), teams, np.ones(len(teams.starts))),
        ("Project", population.at("Project"), Spells(found.hosts, found.starts, found.quiet), np.ones(len(found))),
    )
    return Members.joined([
        Members(positions, spells, BY_KIND[kind] * likely / likely.sum()) for kind, positions, spells, likely in parts
    ])  # fmt: skip


def demands(who: Members, offered: Supplies, n: int, random: np.random.Generator) -> Demands:
    """Draw demands, each to be met from one supply of the same makerspace.

    Parameters
    ----------
    who : Members
        Who may demand.
    offered : Supplies
        What is supplied.
    n : int
        How many, but for the second ones of one demander.
    random : numpy.random.Generator
        Draws everything.

    Returns
    -------
    Demands
        Unmet ones are still open on the as-of day.
    """
    rows, sources = _matched(who, offered, n, random)
    since = np.maximum(who.spells.starts[rows], offered.spells.starts[sources])
    closes = _until(who, offered, rows, sources)
    patterns = _patterns(closes, random)
    starts = since + np.floor((closes - since) / 3 * random.random(len(rows))).astype(np.int64)
    starts = np.where(patterns == EARLY, np.maximum(starts, since + HEADWAY), starts)
    asked = _steps(len(rows), random)
    some = 1 + np.floor((asked - 1) * random.random(len(rows))).astype(np.int64)  # fewer than asked for
    given = np.select([np.isin(patterns, [NOTHING, EARLY]), patterns == PART], [0, some], asked)
    early = np.where(patterns == EARLY, some, 0)
    single = Demands(
        who.positions[rows], sources, since, starts, np.full(len(rows), days.BLANK), starts, closes, asked, given, early
    )
    followed = (patterns == SECOND) | ((patterns == MET) & (random.random(len(rows)) < TWINS))
    made = _closed(_twinned(single, followed, patterns == SECOND, random), random)
    return made.take(chronological(made.starts, made.demanders, offered.spells.platforms[made.supplies]))


def _matched(who: Members, offered: Supplies, n: int, random: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Rows of members and of supplies of their makerspace that overlap; nobody demands a resource twice."""
    sharing = np.flatnonzero(np.isin(who.positions, offered.suppliers))  # whoever supplies shall demand too
    rows = np.concatenate([np.repeat(sharing, TRIES), weighted(who.weights, TRIES * n, random)])
    where = offered.spells.platforms
    sources = Groups(where, int(where.max()) + 1).draw(who.spells.platforms[rows], random)
    since = np.maximum(who.spells.starts[rows], offered.spells.starts[sources])
    long = _until(who, offered, rows, sources) - since >= WINDOW
    fits = long & (who.positions[rows] != offered.suppliers[sources])
    rows, sources = rows[fits], sources[fits]
    once = np.flatnonzero(first_of(who.positions[rows], offered.resources[sources]))[:n]
    return rows[once], sources[once]


def _until(who: Members, offered: Supplies, rows: Numbers, sources: Numbers) -> Numbers:
    """First day on which member or supply is no longer there."""
    return np.minimum(np.minimum(who.spells.stops[rows], offered.spells.stops[sources]), days.END)


def _patterns(closes: Numbers, random: np.random.Generator) -> Numbers:
    """How each demand comes to be unmet, or MET; both sides of an unmet one are still there on the as-of day."""
    patterns = np.full(len(closes), MET)
    lasting = random.permutation(np.flatnonzero(closes == days.END))[: portion(len(closes), UNMET, 6)]
    patterns[lasting] = np.arange(len(lasting)) % (SECOND + 1)
    return patterns


def _steps(n: int, random: np.random.Generator) -> Numbers:
    heavy = LEAST * (1 - random.random(n)) ** -STEEPNESS
    return np.minimum(np.floor(heavy), LARGEST).astype(np.int64)


def _twinned(single: Demands, followed: Mask, unmet: Mask, random: np.random.Generator) -> Demands:
    """Add second demands of the same demander: made while the first is open, delivered after the first is filled."""
    twins = np.flatnonzero(followed)
    middles = (single.starts[twins] + single.closes[twins]) // 2
    closes = single.closes.copy()
    closes[twins] = middles
    asked = _steps(len(twins), random)
    some = np.floor(asked * random.random(len(twins))).astype(np.int64)  # fewer than asked for
    second = replace(
        single.take(twins),
        starts=days.uniform(single.starts[twins] + 1, middles, random),
        opens=middles,
        asked=asked,
        given=np.where(unmet[twins], some, asked),
    )
    return Demands.joined([replace(single, closes=closes), second])


def _closed(made: Demands, random: np.random.Generator) -> Demands:
    """Close some of the demands that were met before the last day."""
    closing = np.minimum(made.closes + random.integers(LONGEST_CLOSING, size=len(made.closes)), days.END)
    met = (made.missing == 0) & (made.closes < days.END) & (random.random(len(closing)) < CLOSED)
    return replace(made, stops=np.where(met, closing, made.stops))
