"""Incubation: who works on projects, and who tracks them."""

from dataclasses import dataclass

import numpy as np

from ecograph.generate import days
from ecograph.generate.draws import Groups, Mask, Numbers, dealt, first_of, portion, weighted, zipf
from ecograph.generate.people import Employment, free
from ecograph.generate.population import Population
from ecograph.generate.projects import PATIENCE, Projects, stage_rows
from ecograph.generate.settlement import Settlement
from ecograph.generate.sides import Spells
from ecograph.generate.tables import Columns, vocabulary

HELPERS = (0.3, 0.35, 0.25, 0.1)  # projects with 0, 1, 2 and 3 makers beside the founder
WITH_TEAM = 0.5
UNTRACKED = 0.05  # of the active projects
DOUBLY_TRACKED = 0.05
HANDED_OVER = 0.3  # projects whose tracker changed once
INTRAPRENEURIAL = 0.6  # trackers sent by a supplier of the makerspace


@dataclass(frozen=True, eq=False)
class Tracking:
    """One-to-one tracking.

    Parameters
    ----------
    trackers, projects : array of int64
        Professional and project of each span.
    sponsors : array of int64
        Enterprise that sent the tracker and supplies the makerspace; -1 for none.
    starts, stops : array of int64
        First day, and first day no longer.
    untracked, doubly : array of bool (projects)
        Active projects that nobody tracks, or two persons do, on the as-of day.
    """

    trackers: Numbers
    projects: Numbers
    sponsors: Numbers
    starts: Numbers
    stops: Numbers
    untracked: Mask
    doubly: Mask


def settled(population: Population, settlement: Settlement, teams: Spells, found: Projects) -> Columns:
    """SETTLED_IN: makers, teams, and projects as long as they last."""
    projects = Spells(found.hosts, found.starts, found.stops)
    sources = (population.at("Maker", settlement.makers), population.at("Team"), population.at("Project"))
    spells = Spells.joined([settlement.spells, teams, projects])
    ends = {"source": np.concatenate(sources), "target": population.at("Makerspace", spells.platforms)}
    return ends | {"valid_from": spells.starts, "valid_to": spells.stops}


def worked(
    population: Population, settlement: Settlement, teams: Spells, found: Projects, random: np.random.Generator
) -> Columns:
    """WORKS_ON: the founder as long as the project lasts, makers of the same home, often a team.

    Parameters
    ----------
    population : Population
        Who there is.
    settlement : Settlement
        Who is at home where.
    teams : Spells
        Where each team is settled.
    found : Projects
        The projects.
    random : numpy.random.Generator
        Draws helpers, teams and days.

    Returns
    -------
    mapping of str to array
        Columns.
    """
    n = len(found)
    helped = np.repeat(np.arange(n), dealt(HELPERS, n, random))
    helpers = settlement.neighbours.draw(found.hosts[helped], random)
    local = Groups(teams.platforms, population.sizes["Makerspace"]).draw(found.hosts, random)
    manned = np.flatnonzero((local >= 0) & (random.random(n) < WITH_TEAM))
    people = population.at("Maker", np.concatenate([found.founders, helpers]))
    workers = np.concatenate([people, population.at("Team", local[manned])])
    rows = np.concatenate([np.arange(n), helped, manned])
    kept = first_of(rows, workers)
    workers, rows = workers[kept], rows[kept]
    starts, stops = days.inside(found.starts[rows], found.stops[rows], random)
    starts[:n], stops[:n] = found.starts, found.stops
    ends = {"source": workers, "target": population.at("Project", rows)}
    return ends | {"valid_from": starts, "valid_to": stops}


def incubated(population: Population, found: Projects) -> Columns:
    """INCUBATES: one span a stage."""
    rows, stages, starts, stops = stage_rows(found)
    ends = {"source": population.at("Makerspace", found.hosts[rows]), "target": population.at("Project", rows)}
    return ends | {"valid_from": starts, "valid_to": stops, "stage": vocabulary("stage", stages)}


def tracking(
    population: Population,
    work: Employment,
    enterprises: Numbers,
    spells: Spells,
    found: Projects,
    random: np.random.Generator,
) -> Tracking:
    """Draw who tracks which project when.

    Parameters
    ----------
    population : Population
        Who there is.
    work : Employment
        Where professionals work.
    enterprises : array of int64
        Enterprise of each supplier's membership.
    spells : Spells
        Memberships of the suppliers.
    found : Projects
        The projects.
    random : numpy.random.Generator
        Draws trackers and days.

    Returns
    -------
    Tracking
        Every active project has one tracker on the as-of day, but for the untracked and the doubly tracked.
    """
    untracked, doubly = _exceptions(found, random)
    rows, starts, stops = _turns(found, untracked, random)
    twice = np.flatnonzero(doubly)
    second, _ = days.inside(found.starts[twice], found.stops[twice], random)
    rows = np.concatenate([rows, twice])
    starts, stops = np.concatenate([starts, second]), np.concatenate([stops, found.stops[twice]])
    trackers, sponsors = _sent(population, work, enterprises, spells, found.hosts[rows], random)
    # nobody has two turns with one project
    while len(again := np.flatnonzero(~first_of(rows, trackers))):
        trackers[again], sponsors[again] = random.integers(free(len(work.kinds)), size=len(again)), -1
    return Tracking(trackers, rows, sponsors, starts, stops, untracked, doubly)


def _exceptions(found: Projects, random: np.random.Generator) -> tuple[Mask, Mask]:
    """Active projects without a tracker, and with two; both were there long before the as-of day."""
    settled = random.permutation(np.flatnonzero(found.active & (found.starts < days.AS_OF - PATIENCE)))
    n = portion(int(found.active.sum()), UNTRACKED, 3)
    doubles = portion(int(found.active.sum()), DOUBLY_TRACKED, 2)
    masks = np.zeros((2, len(found)), np.bool_)
    masks[0, settled[:n]] = masks[1, settled[n : n + doubles]] = True
    return masks[0], masks[1]


def _turns(found: Projects, untracked: Mask, random: np.random.Generator) -> tuple[Numbers, Numbers, Numbers]:
    """Project, first day and first day no longer of each tracker's turn; some turns end and none follows."""
    n = len(found)
    ends = np.minimum(found.stops, days.END)
    middles = days.uniform(found.starts + 1, ends, random)
    lost = np.flatnonzero(untracked)
    middles[lost[0]] = days.AS_OF  # tracked until the day before
    handed = np.flatnonzero(~untracked & (random.random(n) < HANDED_OVER))
    whole = np.setdiff1d(np.flatnonzero(~untracked), handed)
    dropped = lost[::2]  # the others never had a tracker
    rows = np.concatenate([whole, handed, handed, dropped])
    starts = np.concatenate([found.starts[whole], found.starts[handed], middles[handed], found.starts[dropped]])
    stops = np.concatenate([found.stops[whole], middles[handed], found.stops[handed], middles[dropped]])
    return rows, starts, stops


def _sent(
    population: Population,
    work: Employment,
    enterprises: Numbers,
    spells: Spells,
    hosts: Numbers,
    random: np.random.Generator,
) -> tuple[Numbers, Numbers]:
    """Tracker of each project's host, and the supplier who sent them."""
    guides = free(population.sizes["Professional"])
    anyone = weighted(zipf(guides, 0.5, random), len(hosts), random)
    staff, sent = work.staff("Enterprise", population.sizes["Enterprise"])
    sponsors = enterprises[Groups(spells.platforms, population.sizes["Makerspace"]).draw(hosts, random)]
    places = staff.draw(sponsors, random)
    chosen = (places >= 0) & (random.random(len(hosts)) < INTRAPRENEURIAL)
    return np.where(chosen, np.append(sent, -1)[places], anyone), np.where(chosen, sponsors, -1)


def tracked(population: Population, tracks: Tracking) -> Columns:
    """TRACKS: one span a turn."""
    ends = {
        "source": population.at("Professional", tracks.trackers),
        "target": population.at("Project", tracks.projects),
    }
    return ends | {"valid_from": tracks.starts, "valid_to": tracks.stops}
