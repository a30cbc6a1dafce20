"""Knowledge: skills, who has them, which projects need them, and who hands them on."""

import numpy as np

from ecograph.generate import days
from ecograph.generate.draws import Groups, Mask, Numbers, dealt, first_of, portion, weighted, zipf
from ecograph.generate.names import named, words
from ecograph.generate.people import Employment, free
from ecograph.generate.population import Population
from ecograph.generate.projects import Projects
from ecograph.generate.settlement import Settlement
from ecograph.generate.tables import Columns, vocabulary

AREAS = 3
SCARCE = 0.1  # of the skills are held by experts only, who guide nobody
SKILLS = (0.6, 0.3, 0.1)  # persons with 1, 2 and 3 skills
NEEDS = (0.4, 0.4, 0.2)  # projects that need 1, 2 and 3 of their founder's skills
POPULARITY = 0.7  # exponent of the Zipf law of skills
LATER = 0.3  # of the skills were learned in the three years
GAPS = 0.04  # projects that need a scarce skill
TWO_GAPS = 0.25
MENTEES = 0.3  # per maker
MENTORED = 0.6  # per project
FROM_STAFF = 0.6
TAUGHT = 0.25  # per maker
EAGER = 3.0  # makers of a training makerspace are so many times as likely to be mentored


def common(population: Population) -> int:
    """How many skills, from the first, are not scarce."""
    return population.sizes["Skill"] - portion(population.sizes["Skill"], SCARCE, 3)


def nodes(population: Population, random: np.random.Generator) -> Columns:
    """Columns of the skills."""
    n = population.sizes["Skill"]
    items = np.arange(n) % len(words("skills", 0))
    areas = items // (len(words("skills", 0)) // AREAS)
    return {"name": named("Skill", n, random, items), "area": vocabulary("area", areas)}


def held(population: Population, random: np.random.Generator) -> Columns:
    """HAS_SKILL: common skills of makers and guides, scarce skills of experts.

    Parameters
    ----------
    population : Population
        Who there is.
    random : numpy.random.Generator
        Draws the skills.

    Returns
    -------
    mapping of str to array
        Columns; ``valid_from`` is BLANK for what was known before.
    """
    usual, skills = common(population), population.sizes["Skill"]
    guides = np.arange(free(population.sizes["Professional"]))
    persons = np.concatenate([population.at("Maker"), population.at("Professional", guides)])
    holders = np.repeat(persons, dealt(SKILLS, len(persons), random) + 1)
    chosen = weighted(zipf(usual, POPULARITY, random), len(holders), random)
    experts = np.arange(len(guides), population.sizes["Professional"])
    owners = population.at("Professional", experts[np.arange(skills - usual) % len(experts)])
    kept = first_of(holders, chosen)
    before = days.anytime(int(kept.sum()), random)
    before[random.random(len(before)) >= LATER] = days.BLANK
    return {
        "source": np.concatenate([holders[kept], owners]),
        "target": population.at("Skill", np.concatenate([chosen[kept], np.arange(usual, skills)])),
        "valid_from": np.concatenate([before, np.full(len(owners), days.BLANK)]),
    }


def required(
    population: Population, skills: Columns, found: Projects, random: np.random.Generator
) -> tuple[Columns, Numbers, Numbers]:
    """REQUIRES: skills of the founder, and in a few active projects a scarce one, which is a gap.

    Parameters
    ----------
    population : Population
        Who there is.
    skills : mapping of str to array
        Columns of HAS_SKILL.
    found : Projects
        The projects.
    random : numpy.random.Generator
        Draws the needs.

    Returns
    -------
    mapping of str to array
        Columns.
    array of int64, array of int64
        Project and skill of each gap.
    """
    n, makers = len(found), population.at("Maker")
    own = np.flatnonzero(np.isin(skills["source"], makers))
    rows = np.repeat(np.arange(n), dealt(NEEDS, n, random) + 1)
    drawn = own[Groups(skills["source"][own] - makers[0], len(makers)).draw(found.founders[rows], random)]
    needed = skills["target"][drawn]
    kept = first_of(rows, needed)
    lacking, scarce = _gaps(population, found.active, random)
    rows = np.concatenate([rows[kept], lacking])
    ends = {
        "source": population.at("Project", rows),
        "target": np.concatenate([needed[kept], population.at("Skill", scarce)]),
    }
    return ends | {"valid_from": found.starts[rows], "valid_to": found.stops[rows]}, lacking, scarce


def _gaps(population: Population, active: Mask, random: np.random.Generator) -> tuple[Numbers, Numbers]:
    usual, skills = common(population), population.sizes["Skill"]
    lacking = random.permutation(np.flatnonzero(active))[: portion(len(active), GAPS, 4)]
    lacking = np.concatenate([lacking, lacking[: max(1, round(TWO_GAPS * len(lacking)))]])
    scarce = random.integers(usual, skills, size=len(lacking))
    kept = first_of(lacking, scarce)
    return lacking[kept], scarce[kept]


def mentored(
    population: Population, settlement: Settlement, work: Employment, found: Projects, random: np.random.Generator
) -> Columns:
    """MENTORS: staff of the makerspace and other professionals, for makers at home and for projects.

    Parameters
    ----------
    population : Population
        Who there is.
    settlement : Settlement
        Who is at home where.
    work : Employment
        Where professionals work.
    found : Projects
        The projects.
    random : numpy.random.Generator
        Draws ends and days.

    Returns
    -------
    mapping of str to array
        Columns.
    """
    eager = np.where(settlement.has_mode("training")[settlement.communities], EAGER, 1.0)
    mentees = weighted(eager, round(MENTEES * population.sizes["Maker"]), random)
    rows = random.integers(len(found), size=round(MENTORED * len(found)))
    hosts = np.concatenate([settlement.communities[mentees], found.hosts[rows]])
    staff, sent = work.staff("Makerspace", population.sizes["Makerspace"])
    places = staff.draw(hosts, random)
    anyone = weighted(zipf(free(population.sizes["Professional"]), 0.5, random), len(hosts), random)
    own = (places >= 0) & (random.random(len(hosts)) < FROM_STAFF)
    mentors = np.where(own, np.append(sent, -1)[places], anyone)
    guided = np.concatenate([population.at("Maker", mentees), population.at("Project", rows)])
    home_starts, home_stops = settlement.home_spans(mentees)
    kept = first_of(mentors, guided)
    starts, stops = days.inside(
        np.concatenate([home_starts, found.starts[rows]])[kept],
        np.concatenate([home_stops, found.stops[rows]])[kept],
        random,
    )
    ends = {"source": population.at("Professional", mentors[kept]), "target": guided[kept]}
    return ends | {"valid_from": starts, "valid_to": stops}


def taught(population: Population, settlement: Settlement, random: np.random.Generator) -> Columns:
    """TEACHES: professionals teach makers while they are at home."""
    n = round(TAUGHT * population.sizes["Maker"])
    teachers = weighted(zipf(free(population.sizes["Professional"]), POPULARITY, random), n, random)
    pupils = random.integers(population.sizes["Maker"], size=n)
    kept = first_of(teachers, pupils)
    starts, stops = days.inside(*settlement.home_spans(pupils[kept]), random)
    ends = {"source": population.at("Professional", teachers[kept]), "target": population.at("Maker", pupils[kept])}
    return ends | {"valid_from": starts, "valid_to": stops}
