"""Agreements: what enterprises intend, what they sign with projects and teams, and who sees to it that it is kept."""

from dataclasses import dataclass

import numpy as np

from ecograph.generate import days
from ecograph.generate.draws import Numbers, first_of, portion
from ecograph.generate.incubation import Tracking
from ecograph.generate.names import named
from ecograph.generate.population import Population
from ecograph.generate.projects import Projects
from ecograph.generate.tables import Columns

INTERESTED = 0.8  # of the turns whose tracker an enterprise sent make it intend to take part
ON_PROJECTS = 0.6  # of the agreements follow an intention; the others are signed with teams
EXPIRING = 0.15  # of the open agreements end on the day after the as-of day
SUPERVISED = 0.6  # of the agreements
SUPERVISORS = ("PublicBody", "OtherOrganisation", "ServiceProvider")


@dataclass(frozen=True, eq=False)
class Intentions:
    """Enterprises that mean to take part in projects.

    Parameters
    ----------
    enterprises, projects : array of int64
        Each pair once.
    starts : array of int64
        First day.
    signed : array of int64
        Rows that became agreements.
    """

    enterprises: Numbers
    projects: Numbers
    starts: Numbers
    signed: Numbers


def intentions(population: Population, tracks: Tracking, found: Projects, random: np.random.Generator) -> Intentions:
    """Draw intentions, most of them of enterprises whose people track the project.

    Parameters
    ----------
    population : Population
        Who there is.
    tracks : Tracking
        Who tracks which project.
    found : Projects
        The projects.
    random : numpy.random.Generator
        Draws who, when, and what is signed.

    Returns
    -------
    Intentions
        The intentions.
    """
    sent = random.permutation(np.flatnonzero(tracks.sponsors >= 0))
    sent = sent[: portion(len(sent), INTERESTED)]
    others = random.integers(len(found), size=max(3, len(sent) // 4))
    firms = np.concatenate([tracks.sponsors[sent], random.integers(population.sizes["Enterprise"], size=len(others))])
    rows = np.concatenate([tracks.projects[sent], others])
    lows = np.concatenate([tracks.starts[sent], found.starts[others]])
    starts = days.uniform(lows, np.minimum(found.stops[rows], days.END), random)
    kept = first_of(firms, rows)
    signed = random.permutation(int(kept.sum()))[: portion(population.sizes["Agreement"], ON_PROJECTS)]
    return Intentions(firms[kept], rows[kept], starts[kept], signed)


def intended(population: Population, wishes: Intentions, found: Projects) -> Columns:
    """INTENDS: as long as the project lasts."""
    ends = {
        "source": population.at("Enterprise", wishes.enterprises),
        "target": population.at("Project", wishes.projects),
    }
    return ends | {"valid_from": wishes.starts, "valid_to": found.stops[wishes.projects]}


def agreements(
    population: Population, wishes: Intentions, found: Projects, random: np.random.Generator
) -> tuple[Columns, dict[str, Columns]]:
    """Agreements of two parties: their columns, PARTY_TO and SUPERVISES.

    Parameters
    ----------
    population : Population
        Who there is.
    wishes : Intentions
        What enterprises mean to do with projects.
    found : Projects
        The projects.
    random : numpy.random.Generator
        Draws teams, days and supervisors.

    Returns
    -------
    mapping of str to array
        Columns of the agreements.
    dict of str to mapping
        Columns by relation kind.
    """
    n, signed = population.sizes["Agreement"], wishes.signed
    others = n - len(signed)
    firms = np.concatenate([
        wishes.enterprises[signed], random.integers(population.sizes["Enterprise"], size=others)
    ])  # fmt: skip
    teams = random.integers(population.sizes["Team"], size=others)
    partners = np.concatenate([
        population.at("Project", wishes.projects[signed]), population.at("Team", teams)
    ])  # fmt: skip
    lows = np.concatenate([wishes.starts[signed], np.full(others, days.FIRST)])
    highs = np.concatenate([found.stops[wishes.projects[signed]], np.full(others, days.BLANK)])
    starts, stops = days.inside(lows, highs, random)
    stops[(stops == days.BLANK) & (random.random(n) < EXPIRING)] = days.END
    span = {"valid_from": starts, "valid_to": stops}
    parties = {
        "source": np.concatenate([population.at("Enterprise", firms), partners]),
        "target": np.tile(population.at("Agreement"), 2),
    } | {name: np.tile(column, 2) for name, column in span.items()}
    supervised = _supervised(population, random)
    watched = supervised["target"] - population.at("Agreement")[0]
    supervision = supervised | {name: column[watched] for name, column in span.items()}
    return {"name": named("Agreement", n, random)} | span, {"PARTY_TO": parties, "SUPERVISES": supervision}


def _supervised(population: Population, random: np.random.Generator) -> dict[str, Numbers]:
    """Third parties and the agreements they supervise; none is a party to any."""
    n = population.sizes["Agreement"]
    watched = random.permutation(n)[: portion(n, SUPERVISED, 1)]
    pool = population.of_kinds(*SUPERVISORS)
    return {
        "source": pool[random.integers(len(pool), size=len(watched))],
        "target": population.at("Agreement", watched),
    }
