"""Brokers: a few actors who join communities and kinds, and stand between more pairs than anyone else."""

from dataclasses import dataclass

import numpy as np

from ecograph.generate.draws import Numbers, occurrences
from ecograph.generate.people import free
from ecograph.generate.population import Population
from ecograph.generate.settlement import Settlement

KINDS = {"Maker": 1, "Professional": 1, "University": 1, "ServiceProvider": 1}
OTHERS = {"Enterprise": 0.25, "Professional": 0.2}  # of a broker's partners; the rest are makers
CAP = (4, 0.27)  # ties of anyone else in 1,000 relations, and the power of the size with which that grows


@dataclass(frozen=True, eq=False)
class Brokers:
    """Who they are.

    Parameters
    ----------
    positions : array of int64
        Where they stand.
    degrees : array of int64
        How many partners each has.
    cap : int
        The most ties that anyone else has, apart from those with brokers.
    """

    positions: Numbers
    degrees: Numbers
    cap: int


def brokers(population: Population, relations: int, random: np.random.Generator) -> Brokers:
    """Choose brokers, and so many partners for each that nobody else stands on as many open two-paths.

    Parameters
    ----------
    population : Population
        Who there is.
    relations : int
        Size of the ecosystem.
    random : numpy.random.Generator
        Draws who.

    Returns
    -------
    Brokers
        The brokers.
    """
    sizes = {**population.sizes, "Professional": free(population.sizes["Professional"])}
    chosen = [population.at(kind, random.permutation(sizes[kind])[:count]) for kind, count in KINDS.items()]
    positions = random.permutation(np.concatenate(chosen))
    cap = round(CAP[0] * (relations / 1000) ** CAP[1])
    # d partners with at most cap ties each leave d (d - 1 - cap) paths open; whoever has cap + n ties stands on fewer
    degrees = 2 * (cap + len(positions)) + np.arange(len(positions))
    return Brokers(positions, degrees, cap)


def partnerships(
    population: Population, settlement: Settlement, known: Brokers, random: np.random.Generator
) -> tuple[Numbers, Numbers]:
    """Pairs of a broker and a partner: makers of as many communities as there are, and others; never another broker.

    Parameters
    ----------
    population : Population
        Who there is.
    settlement : Settlement
        Who is at home where.
    known : Brokers
        The brokers.
    random : numpy.random.Generator
        Draws the partners.

    Returns
    -------
    pair of array of int64
        Positions of brokers and partners.
    """
    partners = []
    for degree in known.degrees:
        found = [
            random.permutation(np.setdiff1d(population.at(kind), known.positions))[: round(share * degree)]
            for kind, share in OTHERS.items()
        ]
        makers = random.permutation(np.flatnonzero(~np.isin(population.at("Maker"), known.positions)))
        spread = np.argsort(occurrences(settlement.communities[makers]), kind="stable")
        found.append(population.at("Maker", makers[spread]))
        partners.append(np.concatenate(found)[:degree])
    return np.repeat(known.positions, known.degrees), np.concatenate(partners)
