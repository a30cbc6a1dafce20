"""Demands: what members of a makerspace ask for, what of it they get, and what stays unmet."""

from dataclasses import dataclass

import numpy as np

from ecograph.generate import days
from ecograph.generate.draws import Groups, Mask, Numbers, Weights, dealt, first_of, portion, weighted
from ecograph.generate.population import Population
from ecograph.generate.projects import Projects
from ecograph.generate.resources import Supplies
from ecograph.generate.settlement import Settlement
from ecograph.generate.sides import Spells

BY_KIND = {"Maker": 0.7, "Team": 0.12, "Project": 0.18}  # of the demands
TRIES = 4  # candidates drawn for every demand wanted
WINDOW = 60  # least days in which demander and supplier are both there
HEADWAY = 10  # least days before a demand whose delivery came too early
UNMET = 0.05
PATTERNS = ("nothing", "a part", "too early", "the second of two")  # how demands come to be unmet, in turn
TWINS = 0.06  # of the demands are followed by another of the same demander for the same resource
CLOSED = 0.5  # of the demands met whose demander or supplier leaves
LONGEST_CLOSING = 60
PARTS = (0.55, 0.3, 0.15)  # demands that come in 1, 2 and 3 deliveries
LEAST, LARGEST, STEEPNESS = 8, 2_000, 0.7  # steps of the resource's unit


@dataclass(frozen=True, eq=False)
class Members:
    """Who may demand where and when, and how likely each does."""

    positions: Numbers
    spells: Spells
    weights: Weights


@dataclass(frozen=True, eq=False)
class Demands:
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


@dataclass(frozen=True, eq=False)
class Deliveries:
    """Supply row, receiver, day and steps of every delivery."""

    supplies: Numbers
    receivers: Numbers
    moments: Numbers
    steps: Numbers


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
        Of one kind after another, the makers first.
    """
    positions = (population.at("Maker", settlement.makers), population.at("Team"), population.at("Project"))
    spells = (settlement.spells, teams, Spells(found.hosts, found.starts, found.quiet))
    likely = (settlement.activity[settlement.makers], np.ones(len(teams.starts)), np.ones(len(found)))
    return Members(
        np.concatenate(positions),
        Spells(*(np.concatenate([getattr(one, name) for one in spells]) for name in ("platforms", "starts", "stops"))),
        np.concatenate([share * one / one.sum() for share, one in zip(BY_KIND.values(), likely, strict=True)]),
    )


def demands(who: Members, must: Numbers, offered: Supplies, n: int, random: np.random.Generator) -> Demands:
    """Draw demands, each to be met from one supply of the same makerspace.

    Parameters
    ----------
    who : Members
        Who may demand.
    must : array of int64
        Rows of members who shall demand if they can.
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
    rows, sources = _matched(who, must, offered, n, random)
    since = np.maximum(who.spells.starts[rows], offered.spells.starts[sources])
    closes = np.minimum(np.minimum(who.spells.stops[rows], offered.spells.stops[sources]), days.END)
    pattern = _patterns(closes, random)
    starts = since + np.floor((closes - since) / 3 * random.random(len(rows))).astype(np.int64)
    starts = np.where(pattern == PATTERNS.index("too early"), np.maximum(starts, since + HEADWAY), starts)
    asked = _steps(len(rows), random)
    some = 1 + np.floor((asked - 1) * random.random(len(rows))).astype(np.int64)  # fewer than asked for
    given = np.select([pattern == 0, pattern == 1, pattern == 2], [0, some, 0], asked)
    early = np.where(pattern == PATTERNS.index("too early"), some, 0)
    single = (who.positions[rows], sources, since, starts, starts, closes, asked, given, early)
    second = (pattern == PATTERNS.index("the second of two")) | ((pattern < 0) & (random.random(len(rows)) < TWINS))
    return _ordered(_twinned(single, second, pattern >= 0, random), random)


def _matched(
    who: Members, must: Numbers, offered: Supplies, n: int, random: np.random.Generator
) -> tuple[Numbers, Numbers]:
    """Rows of members and of supplies of their makerspace that overlap; nobody demands a resource twice."""
    rows = np.concatenate([must, weighted(who.weights, TRIES * n, random)])
    where = offered.spells.platforms
    sources = Groups(where, int(where.max()) + 1).draw(who.spells.platforms[rows], random)
    since = np.maximum(who.spells.starts[rows], offered.spells.starts[sources])
    until = np.minimum(np.minimum(who.spells.stops[rows], offered.spells.stops[sources]), days.END)
    fits = (until - since >= WINDOW) & (who.positions[rows] != offered.suppliers[sources])
    rows, sources = rows[fits], sources[fits]
    once = np.flatnonzero(first_of(who.positions[rows], offered.resources[sources]))[:n]
    return rows[once], sources[once]


def _patterns(closes: Numbers, random: np.random.Generator) -> Numbers:
    """How each demand comes to be unmet; -1 for those that are met. Both sides of an unmet one are still there."""
    pattern = np.full(len(closes), -1)
    lasting = random.permutation(np.flatnonzero(closes == days.END))[: portion(len(closes), UNMET, 6)]
    pattern[lasting] = np.arange(len(lasting)) % len(PATTERNS)
    return pattern


def _steps(n: int, random: np.random.Generator) -> Numbers:
    heavy = LEAST * (1 - random.random(n)) ** -STEEPNESS
    return np.minimum(np.floor(heavy), LARGEST).astype(np.int64)


def _twinned(
    single: tuple[Numbers, ...], second: Mask, unmet: Mask, random: np.random.Generator
) -> tuple[Numbers, ...]:
    """Demands with second ones of the same demander: while the first is open, but delivered after it is filled."""
    demanders, sources, since, starts, opens, closes, asked, given, early = single
    twins = np.flatnonzero(second)
    middles = (starts[twins] + closes[twins]) // 2
    later = days.uniform(starts[twins] + 1, middles, random)
    more = _steps(len(twins), random)
    some = np.floor(more * random.random(len(twins))).astype(np.int64)
    ends = closes.copy()
    ends[twins] = middles
    added = (
        demanders[twins], sources[twins], since[twins], later, middles, closes[twins],
        more, np.where(unmet[twins], some, more), np.zeros(len(twins), np.int64),
    )  # fmt: skip
    first = (demanders, sources, since, starts, opens, ends, asked, given, early)
    return tuple(np.concatenate(pair) for pair in zip(first, added, strict=True))


def _ordered(columns: tuple[Numbers, ...], random: np.random.Generator) -> Demands:
    """Close some of the demands that were met, and put all by first day."""
    demanders, sources, since, starts, opens, closes, asked, given, early = columns
    closing = np.minimum(closes + random.integers(LONGEST_CLOSING, size=len(closes)), days.END)
    closed = (asked == given) & (closes < days.END) & (random.random(len(closes)) < CLOSED)
    stops = np.where(closed, closing, days.BLANK)
    order = np.argsort(starts, kind="stable")
    made = (demanders, sources, since, starts, stops, opens, closes, asked, given, early)
    return Demands(*(column[order] for column in made))


def deliveries(asked: Demands, random: np.random.Generator) -> Deliveries:
    """Draw deliveries that give every demand what it gets, in whole steps, sooner rather than later.

    Parameters
    ----------
    asked : Demands
        The demands.
    random : numpy.random.Generator
        Draws days and parts.

    Returns
    -------
    Deliveries
        In parts, and those that came too early.
    """
    parts = np.minimum(dealt(PARTS, len(asked.given), random) + 1, asked.given)
    rows, steps, left = [], [], asked.given.copy()
    for number in range(len(PARTS)):
        due = np.flatnonzero(parts > number)
        room = left[due] - (parts[due] - number - 1)  # every later part has a step at least
        some = 1 + np.floor(room * random.random(len(due))).astype(np.int64)
        taken = np.where(parts[due] == number + 1, left[due], np.minimum(some, room))
        left[due] -= taken
        rows.append(due)
        steps.append(taken)
    ahead = np.flatnonzero(asked.early)
    drawn = np.concatenate(rows)
    spans = asked.closes[drawn] - asked.opens[drawn]
    moments = asked.opens[drawn] + np.floor(spans * random.random(len(drawn)) ** 2).astype(np.int64)
    before = days.uniform(asked.since[ahead], asked.starts[ahead], random)
    whom = np.concatenate([drawn, ahead])
    return Deliveries(
        asked.supplies[whom],
        asked.demanders[whom],
        np.concatenate([moments, before]),
        np.concatenate([*steps, asked.early[ahead]]),
    )
