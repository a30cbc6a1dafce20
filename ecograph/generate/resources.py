"""Resources, and who supplies makerspaces with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from ecograph.generate import days
from ecograph.generate.arrays import Arrays
from ecograph.generate.draws import Groups, Numbers, folded, occurrences, portion, weighted, worded
from ecograph.generate.names import named, picked, words
from ecograph.generate.population import Population
from ecograph.generate.settlement import Settlement
from ecograph.generate.sides import Spells
from ecograph.generate.tables import Columns, chronological, vocabulary
from ecograph.innovation import SCHEMA

CATEGORIES = tuple(word.name for word in SCHEMA.vocabulary("resource_category").words)
UNITS = {"space": "m2", "equipment": "hours", "capital": "CNY", "service": "CNY"}  # the others are hours
STEPS = {"m2": 1, "hours": 1, "CNY": 100}  # amounts are multiples of it
PRICES = {"m2": 60.0, "hours": 180.0, "CNY": 1.0}
CURRENCY = "CNY"
CIRCULATING = 0.1  # of the resources are only bought and sold, never demanded on a platform
# How likely each kind supplies each category, in the order of the vocabulary.
OFFERED: Mapping[str, tuple[float, ...]] = {
    "Enterprise": (0.2, 0.25, 0.2, 0.1, 0.05, 0.1, 0.1),
    "Maker": (0.0, 0.2, 0.0, 0.4, 0.2, 0.2, 0.0),
    "University": (0.1, 0.3, 0.0, 0.4, 0.0, 0.2, 0.0),
    "ResearchOrganisation": (0.0, 0.5, 0.0, 0.5, 0.0, 0.0, 0.0),
    "PublicBody": (0.3, 0.0, 0.5, 0.0, 0.2, 0.0, 0.0),
    "ServiceProvider": (0.0, 0.0, 0.0, 0.2, 0.2, 0.0, 0.6),
}
LANDLORD = 0.6  # of what enterprises supply to a real-estate platform is space
SUPPLYING_MAKERS = 0.06


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Resources.

    Parameters
    ----------
    categories : array of int64
        Category of each resource.
    circulating : int
        How many, from the first, only circulate.
    """

    categories: Numbers
    circulating: int

    def units(self, resources: Numbers) -> Numbers:
        """Number, among STEPS, of the unit of each resource."""
        names = list(STEPS)
        return np.array([names.index(UNITS.get(name, "hours")) for name in CATEGORIES])[self.categories[resources]]

    def columns(self, population: Population, resources: Numbers, steps: Numbers) -> dict[str, Any]:
        """Columns resource, amount and unit of so many steps of the unit of each resource."""
        units = self.units(resources)
        return {
            "resource": population.ids_of("Resource").take(pa.array(resources)),
            "amount": np.array(list(STEPS.values()), np.float64)[units] * steps,
            "unit": picked(list(STEPS), units),
        }


@dataclass(frozen=True, eq=False)
class Supplies(Arrays):
    """Who supplies which makerspace with what: one supplier and resource stand once.

    Parameters
    ----------
    suppliers : array of int64
        Positions.
    spells : Spells
        Makerspace and days.
    resources : array of int64
        Number of the resource.
    """

    suppliers: Numbers
    spells: Spells
    resources: Numbers


def catalogue(population: Population) -> Catalogue:
    """Resources of all categories in turn, capital that only circulates first."""
    n = population.sizes["Resource"]
    circulating = portion(n, CIRCULATING, 3)
    categories = np.arange(n) % len(CATEGORIES)
    categories[:circulating] = CATEGORIES.index("capital")
    return Catalogue(categories, circulating)


def nodes(known: Catalogue, random: np.random.Generator) -> Columns:
    """Columns of the resources."""
    n = len(known.categories)
    per_category = len(words("resources", 0)) // len(CATEGORIES)
    items = known.categories * per_category + random.integers(per_category, size=n)
    return {"name": named("Resource", n, random, items), "category": vocabulary("resource_category", known.categories)}


def supplies(
    population: Population,
    settlement: Settlement,
    enterprises: Numbers,
    spells: Spells,
    known: Catalogue,
    random: np.random.Generator,
) -> Supplies:
    """Draw what every supplier supplies: enterprises as their memberships say, makers at home, organisations anywhere.

    Parameters
    ----------
    population : Population
        Who there is.
    settlement : Settlement
        Who is at home where.
    enterprises : array of int64
        Enterprise of each supplier's membership.
    spells : Spells
        Memberships of the suppliers.
    known : Catalogue
        The resources.
    random : numpy.random.Generator
        Draws the rest.

    Returns
    -------
    Supplies
        Sorted by first day.
    """
    makers = population.sizes["Maker"]
    sharing = np.unique(weighted(settlement.activity, portion(makers, SUPPLYING_MAKERS, 4), random))
    home = Spells(settlement.communities[sharing], *settlement.home_spans(sharing))
    parts = {"Enterprise": (enterprises, spells), "Maker": (sharing, home)}
    for kind in OFFERED:
        if kind not in parts:
            n = population.sizes[kind]
            where = random.integers(population.sizes["Makerspace"], size=n)
            parts[kind] = (np.arange(n), Spells(where, *days.spans(n, random)))
    suppliers = np.concatenate([population.at(kind, numbers) for kind, (numbers, _) in parts.items()])
    kinds = np.repeat([list(OFFERED).index(kind) for kind in parts], [len(numbers) for numbers, _ in parts.values()])
    all_spells = Spells.joined([part for _, part in parts.values()])
    landlord = (kinds == 0) & settlement.has_mode("real_estate")[all_spells.platforms]
    resources = _offered(suppliers, np.where(landlord, len(OFFERED), kinds), known, random)
    made = Supplies(suppliers, all_spells, resources)
    return made.take(chronological(all_spells.starts, suppliers, all_spells.platforms))


def _offered(suppliers: Numbers, rows: Numbers, known: Catalogue, random: np.random.Generator) -> Numbers:
    """Resource of each supply: of a category its supplier is likely to have, but none twice."""
    space = np.where(np.array(CATEGORIES) == "space", LANDLORD, (1 - LANDLORD) / (len(CATEGORIES) - 1))
    categories = worded(np.array([*OFFERED.values(), tuple(space)]), rows, random)
    n = len(known.categories)
    offered = np.arange(known.circulating, n)
    resources = offered[Groups(known.categories[offered], len(CATEGORIES)).draw(categories, random)]
    while len(again := np.flatnonzero(occurrences(folded(suppliers, resources)) > 0)):
        resources[again] = random.integers(known.circulating, n, size=len(again))
    return resources
