"""Docking: SUPPLIES, DEMANDS and TRANSFERS as tables with keys, and what is unmet, idle and done by makers who do both."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ecograph.generate import days
from ecograph.generate.demands import Deliveries, Demands
from ecograph.generate.draws import Numbers, dealt, weighted, zipf
from ecograph.generate.names import picked
from ecograph.generate.population import Population
from ecograph.generate.resources import CURRENCY, PRICES, STEPS, Catalogue, Supplies
from ecograph.generate.tables import Columns

IDLE = 0.15  # of the supplies that delivered something
SPARE = (1, 60)  # steps that an idle supply has left
CIRCULATION = 0.03  # of all relations: sales, purchases, subsidies and grants
UNEVEN = 0.6  # exponent of the Zipf law inside a kind
LEAST, LARGEST = 5, 5_000  # steps that circulate at once
ROUTES = {
    ("Market", "Maker"): 0.22,
    ("Maker", "Market"): 0.12,
    ("Market", "Enterprise"): 0.1,
    ("Enterprise", "Market"): 0.1,
    ("PublicBody", "Makerspace"): 0.08,
    ("Makerspace", "Maker"): 0.14,
    ("Maker", "Enterprise"): 0.1,
    ("Maker", "Makerspace"): 0.06,
    ("Enterprise", "University"): 0.05,
    ("University", "Maker"): 0.03,
}


def keys(letter: str, n: int) -> pa.Array:
    """Keys D001, D002, …: all of one length."""
    digits = pc.utf8_lpad(pc.cast(pa.array(np.arange(1, n + 1)), pa.string()), len(str(n)), "0")
    return pc.binary_join_element_wise(letter, digits, "")


def amounts(known: Catalogue, resources: Numbers, steps: Numbers) -> np.ndarray:
    """Amounts of so many steps, in the unit of each resource."""
    return np.array(list(STEPS.values()))[known.units(resources)] * steps.astype(np.float64)


def _of_resource(population: Population, known: Catalogue, resources: Numbers, steps: Numbers) -> Columns:
    """Columns resource, amount and unit."""
    units = picked(list(STEPS), known.units(resources))
    named = population.ids_of("Resource").take(pa.array(resources))
    return {"resource": named, "amount": amounts(known, resources, steps), "unit": units}
