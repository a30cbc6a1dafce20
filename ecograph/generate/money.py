"""Money: investments, and the shares of organisations in projects."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from ecograph.generate import days
from ecograph.generate.agreements import Intentions
from ecograph.generate.draws import Numbers, dealt, first_of, portion, weighted, zipf
from ecograph.generate.names import picked
from ecograph.generate.population import Population
from ecograph.generate.projects import Projects
from ecograph.generate.tables import Columns

INVESTORS = {"Enterprise": 0.45, "Makerspace": 0.25, "PublicBody": 0.15, "Professional": 0.15}
INVESTMENTS = {"Project": 0.6, "Team": 0.2, "Enterprise": 0.1}  # per node
FOLLOWED = 0.7  # of the signed intentions become investments
LEAST, LARGEST = 10_000, 5_000_000
THOUSAND = 1000.0
CONSORTIA = (0.5, 0.2, 0.2, 0.1)  # projects with 0, 1, 2 and 3 organisations
PARTNERS = {"Enterprise": 0.4, "University": 0.25, "ResearchOrganisation": 0.15, "PublicBody": 0.2}
ROLES = ("coordinator", "participant")
LARGEST_SHARE = 900  # thousands
ENDED = 0.1
UNEVEN = 0.5  # exponent of the Zipf law inside a kind


def invested(population: Population, wishes: Intentions, found: Projects, random: np.random.Generator) -> Columns:
    """INVESTS_IN: what follows signed intentions, and what others put into projects, teams and enterprises.

    Parameters
    ----------
    population : Population
        Who there is.
    wishes : Intentions
        What enterprises mean to do with projects.
    found : Projects
        The projects.
    random : numpy.random.Generator
        Draws who, whom, when and how much.

    Returns
    -------
    mapping of str to array
        Columns.
    """
    paid = wishes.signed[: portion(len(wishes.signed), FOLLOWED)]
    sources, rows = [population.at("Enterprise", wishes.enterprises[paid])], wishes.projects[paid]
    targets = [population.at("Project", rows)]
    moments = [days.uniform(wishes.starts[paid], np.minimum(found.stops[rows], days.END), random)]
    for kind, share in INVESTMENTS.items():
        n = round(share * population.sizes[kind])
        rows = weighted(zipf(population.sizes[kind], UNEVEN, random), n, random)
        sources.append(_actors(population, INVESTORS, n, random))
        targets.append(population.at(kind, rows))
        lasting = kind == "Project"
        lows, highs = (found.starts[rows], found.stops[rows]) if lasting else (np.full(n, days.FIRST), days.END)
        moments.append(days.uniform(lows, np.minimum(highs, days.END), random))
    givers, takers, paid_on = (np.concatenate(column) for column in (sources, targets, moments))
    kept = first_of(givers, takers, paid_on) & (givers != takers)
    sums = np.minimum(LARGEST, LEAST / (random.random(int(kept.sum())) + LEAST / LARGEST))
    ends = {"source": givers[kept], "target": takers[kept], "at": paid_on[kept]}
    return ends | {
        "amount": THOUSAND * np.ceil(sums / THOUSAND),
        "unit": pa.repeat("CNY", len(sums)),
    }


def _actors(population: Population, shares: Mapping[str, float], n: int, random: np.random.Generator) -> Numbers:
    """Positions of nodes whose kinds have these shares; few of a kind stand often."""
    kinds = dealt(list(shares.values()), n, random)
    drawn = [weighted(zipf(population.sizes[kind], UNEVEN, random), n, random) for kind in shares]
    return np.choose(kinds, [population.at(kind, numbers) for kind, numbers in zip(shares, drawn, strict=True)])


def participated(population: Population, found: Projects, random: np.random.Generator) -> Columns:
    """PARTICIPATES_IN: consortia of organisations, the first of each the coordinator.

    Parameters
    ----------
    population : Population
        Who there is.
    found : Projects
        The projects.
    random : numpy.random.Generator
        Draws organisations and amounts.

    Returns
    -------
    mapping of str to array
        Columns.
    """
    rows = np.repeat(np.arange(len(found)), dealt(CONSORTIA, len(found), random))
    partners = _actors(population, PARTNERS, len(rows), random)
    kept = first_of(rows, partners)
    rows, partners = rows[kept], partners[kept]
    order = np.arange(len(rows)) - np.searchsorted(rows, rows) + 1
    return {
        "source": partners,
        "target": population.at("Project", rows),
        "valid_from": found.starts[rows],
        "valid_to": found.stops[rows],
        "role": picked(ROLES, np.minimum(order, 2) - 1),
        "order": order,
        "amount": THOUSAND * random.integers(10, LARGEST_SHARE, size=len(rows)),
        "unit": pa.repeat("CNY", len(rows)),
        "ended": (random.random(len(rows)) < ENDED) & (order > 1),
    }
