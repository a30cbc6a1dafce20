"""People: makers and professionals, where they work and study, and the teams makers form."""

from dataclasses import dataclass

import numpy as np

from ecograph.generate import days
from ecograph.generate.draws import Groups, Numbers, dealt, first_of, portion, worded
from ecograph.generate.names import persons
from ecograph.generate.population import Population
from ecograph.generate.settlement import MODES, Settlement
from ecograph.generate.sides import Spells
from ecograph.generate.tables import Columns, vocabulary

EMPLOYERS = {
    "Enterprise": 0.45,
    "Makerspace": 0.25,
    "University": 0.12,
    "ResearchOrganisation": 0.05,
    "ServiceProvider": 0.07,
    "PublicBody": 0.03,
    "OtherOrganisation": 0.03,
}
BACKGROUNDS = (0.45, 0.2, 0.15, 0.1, 0.1)  # of the vocabulary, in its order
BY_MODE = {"training": (0.7, 0.1, 0.1, 0.05, 0.05), "investment": (0.2, 0.5, 0.15, 0.1, 0.05)}
STUDENT = 0
EXECUTIVES = 0.2
EXPERTS = 0.03  # of the professionals hold the scarce skills and guide nobody
EMPLOYED_MAKERS = 0.1
EARLIER_JOBS = 0.15
LATEST_JOB = days.END - 365
JOINERS = (0.1, 0.3, 0.3, 0.2, 0.1)  # teams with 0, 1, 2, 3 and 4 members beside the leader


@dataclass(frozen=True, eq=False)
class Employment:
    """Where each professional works.

    Parameters
    ----------
    kinds : array of int64
        Number of the employer's kind among EMPLOYERS.
    employers : array of int64
        Number of the employer inside its kind.
    """

    kinds: Numbers
    employers: Numbers

    def staff(self, kind: str, organisations: int) -> tuple[Groups, Numbers]:
        """Professionals whom organisations of a kind may send out, by employer; and who they are."""
        working = self.kinds[: free(len(self.kinds))] == list(EMPLOYERS).index(kind)
        sent = np.flatnonzero(working)
        return Groups(self.employers[sent], organisations), sent


def free(professionals: int) -> int:
    """How many professionals, from the first, guide others; the rest are experts."""
    return professionals - portion(professionals, EXPERTS, 2)


def makers(settlement: Settlement, random: np.random.Generator) -> tuple[Columns, Numbers]:
    """Columns of the makers, and their backgrounds, which the mode of their home decides.

    Parameters
    ----------
    settlement : Settlement
        Has homes and modes.
    random : numpy.random.Generator
        Draws names and backgrounds.

    Returns
    -------
    mapping of str to array
        Columns.
    array of int64
        Background of each maker.
    """
    shares = np.array([BY_MODE.get(mode, BACKGROUNDS) for mode in MODES])
    backgrounds = worded(shares, settlement.modes[settlement.communities], random)
    columns = {"name": persons(len(backgrounds), random), "background": vocabulary("background", backgrounds)}
    return columns, backgrounds


def professionals(n: int, random: np.random.Generator) -> Columns:
    """Columns of the professionals."""
    return {"name": persons(n, random), "executive": random.random(n) < EXECUTIVES}


def employment(population: Population, random: np.random.Generator) -> Employment:
    """Draw an employer for every professional."""
    n = population.sizes["Professional"]
    kinds = dealt(list(EMPLOYERS.values()), n, random)
    sizes = np.array([population.sizes[kind] for kind in EMPLOYERS])
    return Employment(kinds, random.integers(sizes[kinds]))


def employed(population: Population, work: Employment, random: np.random.Generator) -> Columns:
    """EMPLOYS: professionals, some with an earlier job, and some makers.

    Parameters
    ----------
    population : Population
        Who there is.
    work : Employment
        Where professionals work.
    random : numpy.random.Generator
        Draws days and the rest.

    Returns
    -------
    mapping of str to array
        Columns.
    """
    n = len(work.kinds)
    firsts = np.array([population.at(kind, np.zeros(1, np.int64))[0] for kind in EMPLOYERS])
    current = firsts[work.kinds] + work.employers
    starts = days.anytime(n, random, before=LATEST_JOB)
    before = np.flatnonzero((random.random(n) < EARLIER_JOBS) & (starts > days.FIRST + 30))
    makers = random.permutation(population.sizes["Maker"])[: portion(population.sizes["Maker"], EMPLOYED_MAKERS, 2)]
    hired, left = days.spans(len(makers), random)
    workplaces = random.integers(population.sizes["Enterprise"], size=len(makers))
    hired_ones = [population.at("Professional"), population.at("Professional", before), population.at("Maker", makers)]
    return {
        "source": np.concatenate(
            [current, random.permutation(current)[: len(before)], population.at("Enterprise", workplaces)]
        ),
        "target": np.concatenate(hired_ones),
        "valid_from": np.concatenate([starts, np.full(len(before), days.FIRST), hired]),
        "valid_to": np.concatenate([np.full(n, days.BLANK), starts[before], left]),
    }


def studying(population: Population, backgrounds: Numbers, random: np.random.Generator) -> Columns:
    """STUDIES_AT: makers who are students, each at one university."""
    students = np.flatnonzero(backgrounds == STUDENT)
    starts, stops = days.spans(len(students), random)
    schools = random.integers(population.sizes["University"], size=len(students))
    ends = {"source": population.at("Maker", students), "target": population.at("University", schools)}
    return ends | {"valid_from": starts, "valid_to": stops}


def members(
    population: Population, settlement: Settlement, leaders: Numbers, spells: Spells, random: np.random.Generator
) -> Columns:
    """MEMBER_OF: the leader of each team and makers of the same home.

    Parameters
    ----------
    population : Population
        Who there is.
    settlement : Settlement
        Who is at home where.
    leaders : array of int64 (teams)
        Leader of each team.
    spells : Spells
        When and where each team is settled.
    random : numpy.random.Generator
        Draws members and days.

    Returns
    -------
    mapping of str to array
        Columns.
    """
    teams = np.arange(len(leaders))
    joined = np.repeat(teams, dealt(JOINERS, len(leaders), random))
    joiners = settlement.neighbours.draw(spells.platforms[joined], random)
    all_teams, everyone = np.concatenate([teams, joined]), np.concatenate([leaders, joiners])
    kept = first_of(all_teams, everyone)
    all_teams, everyone = all_teams[kept], everyone[kept]
    starts, stops = days.inside(spells.starts[all_teams], spells.stops[all_teams], random)
    starts[: len(teams)], stops[: len(teams)] = spells.starts, spells.stops
    ends = {"source": population.at("Maker", everyone), "target": population.at("Team", all_teams)}
    return ends | {"valid_from": starts, "valid_to": stops}
