"""Deliveries: what demands get, in parts, and what circulates beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from ecograph.generate import days
from ecograph.generate.arrays import Arrays
from ecograph.generate.demands import Demands
from ecograph.generate.draws import Numbers, dealt, weighted, zipf
from ecograph.generate.population import Population
from ecograph.generate.resources import CURRENCY, PRICES, STEPS, Catalogue, Supplies
from ecograph.generate.tables import Columns, chronological, keys

PARTS = (0.55, 0.3, 0.15)  # demands that come in 1, 2 and 3 deliveries
UNEVEN = 0.6  # exponent of the Zipf law inside a kind
LEAST, LARGEST, STEEPNESS = 5, 5_000, 0.6  # steps that circulate at once
ROUTES = {  # of what circulates: sales, purchases, subsidies, grants and fees
    ("Market", "Maker"): 0.22,
    ("Maker", "Market"): 0.12,
    ("Market", "Enterprise"): 0.1,
    ("Enterprise", "Market"): 0.1,
    ("PublicBody", "Makerspace"): 0.08,
    ("Makerspace", "Maker"): 0.14,
    ("Maker", "Enterprise"): 0.1,
    ("Maker", "Makerspace"): 0.06,
    ("Enterprise", "University"): 0.05,
    ("University", "Maker"): 0.03,
}


@dataclass(frozen=True, eq=False)
class Transfers(Arrays):
    """Positions of giver and receiver, day, resource and steps of its unit."""

    givers: Numbers
    receivers: Numbers
    moments: Numbers
    resources: Numbers
    steps: Numbers


def delivered(asked: Demands, offered: Supplies, random: np.random.Generator) -> tuple[Transfers, Numbers]:
    """Draw deliveries that give every demand what it gets, in whole steps, sooner rather than later.

    Parameters
    ----------
    asked : Demands
        The demands.
    offered : Supplies
        What they are met from.
    random : numpy.random.Generator
        Draws days and parts.

    Returns
    -------
    Transfers
        The deliveries, the ones that came too early last.
    array of int64
        Steps that each supply has given.
    """
    rows, steps = _parts(asked.given, random)
    waits = (asked.closes[rows] - asked.opens[rows]) * random.random(len(rows)) ** 2
    ahead = np.flatnonzero(asked.early)
    moments = [
        asked.opens[rows] + np.floor(waits).astype(np.int64),
        days.uniform(asked.since[ahead], asked.starts[ahead], random),
    ]
    rows, steps = np.concatenate([rows, ahead]), np.concatenate([steps, asked.early[ahead]])
    sources = asked.supplies[rows]
    made = Transfers(
        offered.suppliers[sources], asked.demanders[rows], np.concatenate(moments), offered.resources[sources], steps
    )
    given = np.bincount(sources, steps, minlength=len(offered.suppliers))
    return made, given.astype(np.int64)


def _parts(given: Numbers, random: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Demand and steps of every part; nothing is delivered in no part."""
    counts = np.minimum(dealt(PARTS, len(given), random) + 1, given)
    left = given.copy()
    rows, steps = [], []
    for number in range(len(PARTS)):
        due = np.flatnonzero(counts > number)
        room = left[due] - (counts[due] - number - 1)  # each later part needs a step at least
        some = 1 + np.floor(room * random.random(len(due))).astype(np.int64)
        taken = np.where(counts[due] == number + 1, left[due], np.minimum(some, room))
        left[due] -= taken
        rows.append(due)
        steps.append(taken)
    return np.concatenate(rows), np.concatenate(steps)


def circulated(population: Population, known: Catalogue, n: int, random: np.random.Generator) -> Transfers:
    """Draw n transfers of resources that nobody demands or supplies on a platform.

    Parameters
    ----------
    population : Population
        Who there is.
    known : Catalogue
        The resources.
    n : int
        How many.
    random : numpy.random.Generator
        Draws who, when and how much.

    Returns
    -------
    Transfers
        The transfers.
    """
    routes = dealt(list(ROUTES.values()), n, random)
    ends = [_drawn(population, [route[place] for route in ROUTES], routes, random) for place in range(2)]
    heavy = np.minimum(LEAST * (1 - random.random(n)) ** -STEEPNESS, LARGEST)
    resources = random.integers(known.circulating, size=n)
    return Transfers(ends[0], ends[1], days.anytime(n, random), resources, np.floor(heavy).astype(np.int64))


def _drawn(population: Population, kinds: Sequence[str], routes: Numbers, random: np.random.Generator) -> Numbers:
    """Position of a node of the kind that stands at this end of each route."""
    positions = np.empty(len(routes), np.int64)
    for kind in dict.fromkeys(kinds):
        rows = np.flatnonzero(np.array([one == kind for one in kinds])[routes])
        drawn = weighted(zipf(population.sizes[kind], UNEVEN, random), len(rows), random)
        positions[rows] = population.at(kind, drawn)
    return positions


def transferred(population: Population, known: Catalogue, parts: Sequence[Transfers]) -> Columns:
    """TRANSFERS: numbered by day.

    Parameters
    ----------
    population : Population
        Has the ids.
    known : Catalogue
        Has the units.
    parts : sequence of Transfers
        Deliveries and what circulates.

    Returns
    -------
    mapping of str to array
        Columns.
    """
    made = Transfers.joined(parts)
    made = made.take(chronological(made.moments, made.givers, made.receivers))
    goods = known.columns(population, made.resources, made.steps)
    values = np.round(goods["amount"] * np.array([PRICES[unit] for unit in STEPS])[known.units(made.resources)], 2)
    return {
        "source": made.givers,
        "target": made.receivers,
        "key": keys("T", len(made.givers)),
        "at": made.moments,
        **goods,
        "value": values,
        "currency": pa.repeat(CURRENCY, len(values)),
    }
