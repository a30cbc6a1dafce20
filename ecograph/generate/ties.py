"""Ties between actors: dense in the communities, sparse between them, and a few brokers who join them."""

from dataclasses import dataclass

import numpy as np

from ecograph.generate import days
from ecograph.generate.draws import Numbers, first_of, first_pairs, occurrences, portion, weighted, zipf
from ecograph.generate.people import free
from ecograph.generate.population import Population
from ecograph.generate.settlement import Settlement
from ecograph.generate.tables import Columns

BROKERS = {"Maker": 1, "Professional": 2, "University": 1, "ServiceProvider": 1}
PARTNERS = {"Maker": 0.8, "Enterprise": 0.12, "Professional": 0.08}  # of a broker
CAP = (4, 0.25)  # ties of anyone else at 1,000 relations, and how that grows
INSIDE = 0.9  # of the ties between makers stay in the community
TIES = 1.5  # between makers, per maker
OTHER_TIES = {  # between other kinds, per node of the first
    ("Enterprise", "Enterprise"): 0.5,
    ("Enterprise", "University"): 0.3,
    ("Enterprise", "ResearchOrganisation"): 0.2,
    ("Enterprise", "Maker"): 1.0,
    ("University", "PublicBody"): 1.0,
    ("Team", "Team"): 0.4,
    ("Team", "Enterprise"): 0.5,
}
RIVALS = 0.5  # per enterprise, in one sector
MAKER_RIVALS = 0.1  # per maker, in one community
COOPETITION = 0.2  # of the pairs of rivals are taken from those who collaborate
TALKS = (0.85, 0.95)  # of the talks inside the community, and of those with makers; the others are with professionals
FIRST_TIES = days.END - 30
LONG_TALK = 8


@dataclass(frozen=True, eq=False)
class Brokers:
    """Actors who join communities and kinds.

    Parameters
    ----------
    positions : array of int64
        Who they are.
    degrees : array of int64
        How many partners each has: so many that its partners' ties cannot close what it keeps open.
    cap : int
        The most ties that anyone else has, apart from those with brokers.
    """

    positions: Numbers
    degrees: Numbers
    cap: int


def brokers(population: Population, relations: int, random: np.random.Generator) -> Brokers:
    """Choose brokers and their numbers of partners.

    Parameters
    ----------
    population : Population
        Who there is.
    relations : int
        Size of the ecosystem.
    random : numpy.random.Generator
        Draws who and in which order.

    Returns
    -------
    Brokers
        Whoever is not among them stands on fewer open two-paths, on any day on which the brokers' ties hold.
    """
    sizes = population.sizes | {"Professional": free(population.sizes["Professional"])}
    chosen = [
        population.at(kind, random.permutation(sizes[kind])[:count]) for kind, count in BROKERS.items()
    ]
    positions = random.permutation(np.concatenate(chosen))
    cap = round(CAP[0] * (relations / 1000) ** CAP[1])
    # d partners with at most cap ties each leave open d (d - 1 - cap) paths; anyone else has at most cap + n ties
    degrees = 2 * (cap + len(positions)) + 2 * np.arange(len(positions))
    return Brokers(positions, degrees, cap)


def collaborations(
    population: Population, settlement: Settlement, known: Brokers, random: np.random.Generator
) -> Columns:
    """COLLABORATES: every pair once.

    Parameters
    ----------
    population : Population
        Who there is.
    settlement : Settlement
        Who is at home where.
    known : Brokers
        The brokers.
    random : numpy.random.Generator
        Draws ends, hours and days.

    Returns
    -------
    mapping of str to array
        Columns.
    """
    ones, others = (np.concatenate(ends) for ends in zip(_makers(population, settlement, random), _mixed(population, random), strict=True))
    kept = first_pairs(ones, others) & ~np.isin(ones, known.positions) & ~np.isin(others, known.positions)
    order = random.permutation(np.flatnonzero(kept))
    pairs = np.column_stack([ones, others])[order]
    ranks = occurrences(pairs.ravel()).reshape(pairs.shape)
    pairs = pairs[(ranks < known.cap).all(axis=1)]
    starts, stops = days.spans(len(pairs), random)
    hubs, partners = _brokered(population, settlement, known, random)
    early = days.anytime(len(hubs), random, before=FIRST_TIES)
    n = len(pairs) + len(hubs)
    return {
        "source": np.concatenate([pairs[:, 0], hubs]),
        "target": np.concatenate([pairs[:, 1], partners]),
        "valid_from": np.concatenate([starts, early]),
        "valid_to": np.concatenate([stops, np.full(len(hubs), days.BLANK)]),
        "hours": np.ceil(2.0 / (random.random(n) + 0.005)),
    }


def _makers(population: Population, settlement: Settlement, random: np.random.Generator) -> tuple[Numbers, Numbers]:
    n = round(TIES * population.sizes["Maker"])
    ones = weighted(settlement.activity, n, random)
    inside = settlement.neighbours.draw(settlement.communities[ones], random)
    others = np.where(random.random(n) < INSIDE, inside, random.integers(population.sizes["Maker"], size=n))
    return population.at("Maker", ones), population.at("Maker", others)


def _mixed(population: Population, random: np.random.Generator) -> tuple[Numbers, Numbers]:
    ends: tuple[list[Numbers], list[Numbers]] = ([], [])
    for kinds, share in OTHER_TIES.items():
        n = round(share * population.sizes[kinds[0]])
        for kind, side in zip(kinds, ends, strict=True):
            side.append(population.at(kind, weighted(zipf(population.sizes[kind], 0.5, random), n, random)))
    return np.concatenate(ends[0]), np.concatenate(ends[1])


def _brokered(
    population: Population, settlement: Settlement, known: Brokers, random: np.random.Generator
) -> tuple[Numbers, Numbers]:
    """Brokers and their partners: makers of as many communities as there are, and others; never another broker."""
    partners = []
    for degree in known.degrees:
        makers = random.permutation(population.sizes["Maker"])
        spread = np.argsort(occurrences(settlement.communities[makers]), kind="stable")
        found = [
            random.permutation(np.setdiff1d(population.at(kind), known.positions))[: round(PARTNERS[kind] * degree)]
            for kind in list(PARTNERS)[1:]
        ]
        everyone = population.at("Maker", makers[spread])
        everyone = everyone[~np.isin(everyone, known.positions)]
        partners.append(np.concatenate([*found, everyone])[:degree])
    return np.repeat(known.positions, known.degrees), np.concatenate(partners)


def rivalries(
    population: Population, settlement: Settlement, sectors: Numbers, ties: Columns, random: np.random.Generator
) -> Columns:
    """COMPETES: enterprises of one sector, makers of one community, and some of those who collaborate.

    Parameters
    ----------
    population : Population
        Who there is.
    settlement : Settlement
        Who is at home where.
    sectors : array of int64
        Sector of each enterprise.
    ties : mapping of str to array
        Columns of COLLABORATES.
    random : numpy.random.Generator
        Draws ends and days.

    Returns
    -------
    mapping of str to array
        Columns.
    """
    enterprises, makers = (population.sizes[kind] for kind in ("Enterprise", "Maker"))
    firms = random.integers(enterprises, size=round(RIVALS * enterprises))
    in_sector = np.argsort(sectors, kind="stable")
    following = np.empty(enterprises, np.int64)
    following[in_sector] = np.roll(in_sector, -1)
    people = weighted(settlement.activity, round(MAKER_RIVALS * makers), random)
    met = settlement.neighbours.draw(settlement.communities[people], random)
    both = random.permutation(len(ties["source"]))[: portion(len(firms) + len(people), COOPETITION, 2)]
    ones = np.concatenate([population.at("Enterprise", firms), population.at("Maker", people), ties["source"][both]])
    others = np.concatenate([population.at("Enterprise", following[firms]), population.at("Maker", met), ties["target"][both]])
    kept = first_pairs(ones, others)
    n = int(kept.sum())
    starts, stops = days.spans(n, random)
    return {"source": ones[kept], "target": others[kept], "valid_from": starts, "valid_to": stops}


def conversations(population: Population, settlement: Settlement, n: int, random: np.random.Generator) -> Columns:
    """COMMUNICATES: exactly n moments, no pair twice on one day.

    Parameters
    ----------
    population : Population
        Who there is.
    settlement : Settlement
        Who is at home where.
    n : int
        How many.
    random : numpy.random.Generator
        Draws who, when and how long.

    Returns
    -------
    mapping of str to array
        Columns.
    """
    ones, others, moments = (np.empty(0, np.int64) for _ in range(3))
    while len(ones) < n:
        more = n - len(ones) + n // 8 + 8
        talkers = weighted(settlement.activity, more, random)
        inside = settlement.neighbours.draw(settlement.communities[talkers], random)
        met = np.searchsorted(TALKS, random.random(more), side="right")
        strangers = random.integers(population.sizes["Maker"], size=more)
        guides = population.at("Professional", random.integers(population.sizes["Professional"], size=more))
        listeners = np.choose(met, [population.at("Maker", inside), population.at("Maker", strangers), guides])
        ones = np.concatenate([ones, population.at("Maker", talkers)])
        others = np.concatenate([others, listeners])
        moments = np.concatenate([moments, days.anytime(more, random)])
        low, high = np.minimum(ones, others), np.maximum(ones, others)
        kept = first_of(low, high, moments) & (ones != others)
        ones, others, moments = ones[kept], others[kept], moments[kept]
    hours = random.integers(1, 2 * LONG_TALK + 1, size=n) / 2
    return {"source": ones[:n], "target": others[:n], "at": moments[:n], "hours": hours}
