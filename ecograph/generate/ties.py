"""Ties between actors: who collaborates, who competes, who talks; dense in the communities, sparse between them."""

import numpy as np

from ecograph.generate import days
from ecograph.generate.brokers import Brokers, partnerships
from ecograph.generate.draws import Groups, Numbers, first_of, first_pairs, occurrences, portion, weighted, zipf
from ecograph.generate.population import Population
from ecograph.generate.settlement import Settlement
from ecograph.generate.tables import Columns

INSIDE = 0.93  # of the ties between makers stay in the community
TIES = 1.8  # between makers, per maker
OTHER_TIES = {  # between other kinds, per node of the first
    ("Enterprise", "Enterprise"): 0.5,
    ("Enterprise", "University"): 0.3,
    ("Enterprise", "ResearchOrganisation"): 0.2,
    ("Enterprise", "Maker"): 1.0,
    ("University", "PublicBody"): 1.0,
    ("Team", "Team"): 0.4,
    ("Team", "Enterprise"): 0.5,
}
UNEVEN = 0.5  # exponent of the Zipf law inside a kind
LATEST_BROKERED = days.END - 30
RIVALS = 0.5  # per enterprise, in one sector
MAKER_RIVALS = 0.1  # per maker, in one community
COOPETITION = 0.2  # of the pairs of rivals are taken from those who collaborate
TALKS = (0.85, 0.95)  # of the talks in the community, and of those with makers; the others are with professionals
LONGEST_TALK = 16  # half hours


def collaborations(
    population: Population, settlement: Settlement, known: Brokers, random: np.random.Generator
) -> Columns:
    """COLLABORATES: every pair once, nobody but brokers more than the cap allows; brokers' ties are open.

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
    pairs = _capped(np.vstack([_of_makers(population, settlement, random), _mixed(population, random)]), known, random)
    starts, stops = days.spans(len(pairs), random)
    hubs, partners = partnerships(population, settlement, known, random)
    early = days.anytime(len(hubs), random, before=LATEST_BROKERED)
    sources = np.concatenate([pairs[:, 0], hubs])
    return {
        "source": sources,
        "target": np.concatenate([pairs[:, 1], partners]),
        "valid_from": np.concatenate([starts, early]),
        "valid_to": np.concatenate([stops, np.full(len(hubs), days.BLANK)]),
        "hours": np.ceil(2.0 / (random.random(len(sources)) + 0.005)),
    }


def _of_makers(population: Population, settlement: Settlement, random: np.random.Generator) -> Numbers:
    """Pairs of makers, most of one community."""
    n = round(TIES * population.sizes["Maker"])
    ones = weighted(settlement.activity, n, random)
    inside = settlement.neighbours.draw(settlement.communities[ones], random)
    others = np.where(random.random(n) < INSIDE, inside, random.integers(population.sizes["Maker"], size=n))
    return population.at("Maker", np.column_stack([ones, others]))


def _mixed(population: Population, random: np.random.Generator) -> Numbers:
    """Pairs of other kinds."""
    pairs = []
    for kinds, share in OTHER_TIES.items():
        n = round(share * population.sizes[kinds[0]])
        drawn = [population.at(one, weighted(zipf(population.sizes[one], UNEVEN, random), n, random)) for one in kinds]
        pairs.append(np.column_stack(drawn))
    return np.vstack(pairs)


def _capped(pairs: Numbers, known: Brokers, random: np.random.Generator) -> Numbers:
    """Each pair once, without brokers, and nobody in more than the cap allows."""
    kept = first_pairs(pairs[:, 0], pairs[:, 1]) & ~np.isin(pairs, known.positions).any(axis=1)
    pairs = random.permutation(pairs[kept])
    ranks = occurrences(pairs.ravel()).reshape(pairs.shape)
    return np.asarray(pairs[(ranks < known.cap).all(axis=1)])


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
    firms = random.integers(len(sectors), size=round(RIVALS * len(sectors)))
    rivals = Groups(sectors, int(sectors.max()) + 1).draw(sectors[firms], random)
    people = weighted(settlement.activity, round(MAKER_RIVALS * population.sizes["Maker"]), random)
    met = settlement.neighbours.draw(settlement.communities[people], random)
    both = random.permutation(len(ties["source"]))[: portion(len(firms) + len(people), COOPETITION, 2)]
    ones = np.concatenate([population.at("Enterprise", firms), population.at("Maker", people), ties["source"][both]])
    others = np.concatenate([population.at("Enterprise", rivals), population.at("Maker", met), ties["target"][both]])
    kept = first_pairs(ones, others)
    starts, stops = days.spans(int(kept.sum()), random)
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
    talks = np.empty((0, 3), np.int64)
    while len(talks) < n:
        pairs = _talking(population, settlement, n - len(talks) + n // 8 + 8, random)
        talks = np.vstack([talks, np.column_stack([pairs, days.anytime(len(pairs), random)])])
        ones, others, moments = talks.T
        talks = talks[first_of(np.minimum(ones, others), np.maximum(ones, others), moments) & (ones != others)]
    ones, others, moments = talks[:n].T
    hours = random.integers(1, LONGEST_TALK + 1, size=n) / 2
    return {"source": ones, "target": others, "at": moments, "hours": hours}


def _talking(population: Population, settlement: Settlement, n: int, random: np.random.Generator) -> Numbers:
    """Pairs of persons, most of them makers of one community; some are of one person."""
    talkers = weighted(settlement.activity, n, random)
    listeners = np.choose(
        np.searchsorted(TALKS, random.random(n), side="right"),
        [
            population.at("Maker", settlement.neighbours.draw(settlement.communities[talkers], random)),
            population.at("Maker", random.integers(population.sizes["Maker"], size=n)),
            population.at("Professional", random.integers(population.sizes["Professional"], size=n)),
        ],
    )
    return np.column_stack([population.at("Maker", talkers), listeners])
