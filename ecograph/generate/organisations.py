"""Organisations: enterprises, universities, public bodies, platforms, and the services they offer each other."""

import numpy as np
import pyarrow as pa

from ecograph.generate import days
from ecograph.generate.draws import Numbers, dealt, first_of, worded
from ecograph.generate.names import named, picked, words
from ecograph.generate.population import Population
from ecograph.generate.settlement import MODES, Settlement
from ecograph.generate.tables import Columns, vocabulary
from ecograph.innovation import SCHEMA

COUNTRY = "CN"
SIZES = {"micro": 0.4, "small": 0.35, "medium": 0.18, "large": 0.07}
SERVICES = tuple(word.name for word in SCHEMA.vocabulary("service").words)
PREFERRED = {"training": "training", "media": "media", "investment": "finance_matching"}  # service of a mode
PREFERENCE = 12  # times as likely
CUSTOMERS = 2  # makerspaces a service provider serves
OFFERS = 2  # services a makerspace offers
OWN = 0.8  # of them go to its own makers
DOCKED = 1.2  # external platforms a makerspace docks with
FEE_STEP = 100


def nodes(
    population: Population, settlement: Settlement, random: np.random.Generator
) -> tuple[dict[str, Columns], Numbers]:
    """Columns of every kind of organisation, and the sector of every enterprise.

    Parameters
    ----------
    population : Population
        How many there are.
    settlement : Settlement
        Has the modes of the makerspaces.
    random : numpy.random.Generator
        Draws the rest.

    Returns
    -------
    dict of str to mapping
        Columns by kind.
    array of int64
        Number of the sector of each enterprise.
    """
    made: dict[str, Columns] = {}
    sectors = random.integers(len(words("fields", 1)), size=population.sizes["Enterprise"])
    for kind in SCHEMA.leaves("Organisation"):
        n = population.sizes[kind]
        own, seconds = _own(kind, n, settlement, sectors, random)
        made[kind] = {
            "name": named(kind, n, random, seconds),
            "country": pa.repeat(COUNTRY, n),
        } | own
    return made, sectors


def _own(
    kind: str, n: int, settlement: Settlement, sectors: Numbers, random: np.random.Generator
) -> tuple[Columns, Numbers | None]:
    """Columns that only this kind has, and the word of its name that goes with them."""
    if kind == "Enterprise":
        sizes = picked(list(SIZES), dealt(list(SIZES.values()), n, random))
        return {"sector": picked(words("fields", 1), sectors), "size": sizes}, sectors
    if kind == "ServiceProvider":
        services = provided(n)
        return {"service": vocabulary("service", services)}, services
    if kind == "Makerspace":
        forms = random.integers(4, size=n)
        presence = vocabulary("presence", random.choice(3, size=n, p=[0.1, 0.6, 0.3]))
        own = {"mode": vocabulary("mode", settlement.modes), "form": vocabulary("makerspace_form", forms)}
        return own | {"presence": presence}, forms
    if kind == "ExternalPlatform":
        forms = random.integers(3, size=n)
        return {"form": vocabulary("platform_form", forms)}, forms
    return {}, None


def provided(providers: int) -> Numbers:
    """Main service of each service provider: they take turns."""
    return np.arange(providers) % len(SERVICES)


def relations(population: Population, settlement: Settlement, random: np.random.Generator) -> dict[str, Columns]:
    """Services offered to makerspaces, and makerspaces docked with external platforms.

    Parameters
    ----------
    population : Population
        Who there is.
    settlement : Settlement
        Has the modes of the makerspaces.
    random : numpy.random.Generator
        Draws ends, fees and days.

    Returns
    -------
    dict of str to mapping
        Columns by relation kind.
    """
    return {
        "DOCKS_WITH": _docked(population, random),
        "OFFERS_SERVICE": _offered(population, settlement, random),
    }


def _docked(population: Population, random: np.random.Generator) -> Columns:
    n = max(3, round(DOCKED * population.sizes["Makerspace"]))
    own, external = (random.integers(population.sizes[kind], size=n) for kind in ("Makerspace", "ExternalPlatform"))
    kept = first_of(own, external)
    starts, stops = days.spans(int(kept.sum()), random)
    ends = {
        "source": population.at("Makerspace", own[kept]),
        "target": population.at("ExternalPlatform", external[kept]),
    }
    return ends | {"valid_from": starts, "valid_to": stops}


def _offered(population: Population, settlement: Settlement, random: np.random.Generator) -> Columns:
    platforms, providers = (population.sizes[kind] for kind in ("Makerspace", "ServiceProvider"))
    sellers = np.repeat(np.arange(providers), CUSTOMERS)
    hosts = np.repeat(np.arange(platforms), OFFERS)
    others = np.where(random.random(len(hosts)) < OWN, hosts, random.integers(platforms, size=len(hosts)))
    sources = np.concatenate([population.at("ServiceProvider", sellers), population.at("Makerspace", hosts)])
    targets = np.concatenate([random.integers(platforms, size=len(sellers)), others])
    shares = np.ones((len(MODES), len(SERVICES)))
    for mode, service in PREFERRED.items():
        shares[MODES.index(mode), SERVICES.index(service)] = PREFERENCE
    services = np.concatenate([provided(providers)[sellers], worded(shares, settlement.modes[hosts], random)])
    kept = first_of(sources, targets, services)
    starts, stops = days.spans(int(kept.sum()), random)
    fees = FEE_STEP * random.integers(1, 60, size=len(starts))
    ends = {"source": sources[kept], "target": population.at("Makerspace", targets[kept])}
    about = {"service": vocabulary("service", services[kept]), "amount": fees.astype(np.float64)}
    return ends | about | {"unit": pa.repeat("CNY", len(fees)), "valid_from": starts, "valid_to": stops}
