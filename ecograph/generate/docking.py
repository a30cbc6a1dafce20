"""Docking of supply and demand: SUPPLIES, DEMANDS and TRANSFERS, and what is planted in them."""

import numpy as np
import pyarrow as pa

from ecograph.generate.deliveries import circulated, delivered, transferred
from ecograph.generate.demands import Demands, Members, demands
from ecograph.generate.draws import Numbers
from ecograph.generate.population import Population
from ecograph.generate.resources import Catalogue, Supplies
from ecograph.generate.tables import Columns, keys

DEMANDS = 0.045  # of all relations
CIRCULATION = 0.03
IDLE = 0.15  # of the supplies that delivered something have some left
SPARE = 60  # steps that an idle supply has left, at most


def docked(
    population: Population,
    known: Catalogue,
    who: Members,
    offered: Supplies,
    relations: int,
    random: np.random.Generator,
) -> tuple[dict[str, Columns], dict[str, pa.Table]]:
    """SUPPLIES, DEMANDS and TRANSFERS, with unmet demands, idle supplies and makers who demand and supply.

    Parameters
    ----------
    population : Population
        Who there is.
    known : Catalogue
        The resources.
    who : Members
        Who may demand.
    offered : Supplies
        What is supplied.
    relations : int
        Size of the ecosystem.
    random : numpy.random.Generator
        Draws everything.

    Returns
    -------
    dict of str to mapping
        Columns by relation kind.
    dict of str to pyarrow.Table
        Planted truth by name.
    """
    asked = demands(who, offered, round(DEMANDS * relations), random)
    given, steps = delivered(asked, offered, random)
    moved = (given, circulated(population, known, round(CIRCULATION * relations), random))
    idle = (steps == 0) | (random.random(len(steps)) < IDLE)
    spare = np.where(idle, random.integers(1, SPARE + 1, size=len(steps)), 0)
    made: dict[str, Columns] = {
        "SUPPLIES": _supplied(population, known, offered, steps + spare),
        "DEMANDS": _demanded(population, known, asked, offered),
        "TRANSFERS": transferred(population, known, moved),
    }
    both = np.intersect1d(np.intersect1d(asked.demanders, offered.suppliers), population.at("Maker"))
    unmet = known.columns(population, offered.resources[asked.supplies], asked.missing)
    return made, {
        "unmet_demands": _left(population, made["DEMANDS"], unmet, ("demand", "demander", "missing")),
        "idle_supplies": _left(
            population,
            made["SUPPLIES"],
            known.columns(population, offered.resources, spare),
            ("supply", "supplier", "idle"),
        ),
        "dual_makers": pa.table({"maker": population.ids.take(pa.array(both))}),
    }


def _supplied(population: Population, known: Catalogue, offered: Supplies, steps: Numbers) -> Columns:
    return {
        "source": offered.suppliers,
        "target": population.at("Makerspace", offered.spells.platforms),
        "key": keys("S", len(steps)),
        "valid_from": offered.spells.starts,
        "valid_to": offered.spells.stops,
        **known.columns(population, offered.resources, steps),
    }


def _demanded(population: Population, known: Catalogue, asked: Demands, offered: Supplies) -> Columns:
    return {
        "source": asked.demanders,
        "target": population.at("Makerspace", offered.spells.platforms[asked.supplies]),
        "key": keys("D", len(asked.starts)),
        "valid_from": asked.starts,
        "valid_to": asked.stops,
        **known.columns(population, offered.resources[asked.supplies], asked.asked),
    }


def _left(population: Population, rows: Columns, rest: Columns, names: tuple[str, str, str]) -> pa.Table:
    """Key, actor, makerspace and resource of the rows of which something is left, and how much."""
    key, actor, what = names
    left = np.flatnonzero(rest["amount"])
    picked = pa.array(left)
    return pa.table({
        key: rows["key"].take(picked),
        actor: population.ids.take(pa.array(rows["source"][left])),
        "makerspace": population.ids.take(pa.array(rows["target"][left])),
        "resource": rest["resource"].take(picked),
        what: rest["amount"][left],
        "unit": rest["unit"].take(picked),
    })  # fmt: skip
