"""Setting: who is there, before anything else is told of them."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from ecograph.generate.draws import Numbers
from ecograph.generate.incubation import Tracking, tracking
from ecograph.generate.people import Employment, employment
from ecograph.generate.population import Population, expected
from ecograph.generate.projects import Projects, projects
from ecograph.generate.settlement import Settlement, settled, suppliers, team_spells
from ecograph.generate.sides import Panel, Spells, panel, spells

PLATFORMS = 0.17  # per square root of the relations
ACTIVE = {"makers": 0.023, "suppliers": 0.011}  # members at once, of all relations
HOMES = 1.3  # memberships per maker


@dataclass(frozen=True, eq=False)
class Setting:
    """Who is there.

    Parameters
    ----------
    population : Population
        How many of each kind.
    panel : Panel
        Sizes of both sides of every platform.
    settlement : Settlement
        Makers in makerspaces.
    enterprises : array of int64
        Enterprise of each supplier's membership.
    supplying : Spells
        Memberships of the suppliers.
    leaders : array of int64
        Leader of each team.
    teams : Spells
        Memberships of the teams.
    work : Employment
        Where professionals work.
    found : Projects
        The projects.
    tracks : Tracking
        Who tracks which project.
    """

    population: Population
    panel: Panel
    settlement: Settlement
    enterprises: Numbers
    supplying: Spells
    leaders: Numbers
    teams: Spells
    work: Employment
    found: Projects
    tracks: Tracking


def setting(relations: int, random: np.random.Generator) -> Setting:
    """Draw the setting of an ecosystem of so many relations."""
    platforms = max(expected("Makerspace", 0), round(PLATFORMS * sqrt(relations)))
    sizes = panel(platforms, {side: share * relations for side, share in ACTIVE.items()}, random)
    staying, supplying = (spells(sizes.sizes[side], random) for side in ACTIVE)
    population = Population.of(relations, Maker=round(len(staying.starts) / HOMES), Makerspace=platforms)
    settlement = settled(staying, population.sizes["Maker"], platforms, random)
    enterprises = suppliers(supplying, population.sizes["Enterprise"], random)
    leaders, teams = team_spells(population.sizes["Team"], settlement, random)
    work = employment(population, random)
    found = projects(population, settlement, random)
    tracks = tracking(population, work, enterprises, supplying, found, random)
    return Setting(population, sizes, settlement, enterprises, supplying, leaders, teams, work, found, tracks)
