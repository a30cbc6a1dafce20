"""Events and choices: who hosts, who comes, which services makers choose and where they help decide."""

import numpy as np

from ecograph.generate import days
from ecograph.generate.draws import Numbers, first_of, weighted, zipf
from ecograph.generate.names import named
from ecograph.generate.organisations import provided
from ecograph.generate.population import Population
from ecograph.generate.settlement import Settlement
from ecograph.generate.tables import Columns, vocabulary

SOCIABLE = 6.0  # an event-driven makerspace hosts so many times as often as its size says
GUESTS = 12  # per event
LOCAL = 0.7  # of the guests are at home there
PROFESSIONAL = 0.12
CROWDS = 0.5  # exponent of the Zipf law of events
CHOICES = 0.25  # per maker
DECISIONS = 0.15  # per maker
MAIN_SERVICE = 0.85  # of the choices


def events(
    population: Population, settlement: Settlement, random: np.random.Generator
) -> tuple[Columns, dict[str, Columns]]:
    """Events of one day each: their columns, HOSTS and ATTENDS.

    Parameters
    ----------
    population : Population
        Who there is.
    settlement : Settlement
        Who is at home where.
    random : numpy.random.Generator
        Draws hosts, days and guests.

    Returns
    -------
    mapping of str to array
        Columns of the events.
    dict of str to mapping
        Columns by relation kind.
    """
    n = population.sizes["Event"]
    eager = np.where(settlement.has_mode("event_aggregation"), SOCIABLE, 1.0)
    hosts = weighted(eager * np.sqrt(settlement.neighbours.sizes), n, random)
    held, formats = days.anytime(n, random), random.integers(5, size=n)
    about = {"valid_from": held, "valid_to": held + 1, "format": vocabulary("event_format", formats)}
    hosting = {"source": population.at("Makerspace", hosts), "target": population.at("Event"), "at": held}
    guests, visited = _guests(population, settlement, hosts, random)
    coming = {"source": guests, "target": population.at("Event", visited), "at": held[visited]}
    return about | {"name": named("Event", n, random, formats)}, {"HOSTS": hosting, "ATTENDS": coming}


def _guests(
    population: Population, settlement: Settlement, hosts: Numbers, random: np.random.Generator
) -> tuple[Numbers, Numbers]:
    n = GUESTS * len(hosts)
    visited = weighted(zipf(len(hosts), CROWDS, random), n, random)
    local = settlement.neighbours.draw(hosts[visited], random)
    strangers = weighted(settlement.activity, n, random)
    makers = population.at("Maker", np.where((random.random(n) < LOCAL) & (local >= 0), local, strangers))
    guides = population.at("Professional", random.integers(population.sizes["Professional"], size=n))
    guests = np.where(random.random(n) < PROFESSIONAL, guides, makers)
    kept = first_of(guests, visited)
    return guests[kept], visited[kept]


def choices(population: Population, settlement: Settlement, random: np.random.Generator) -> dict[str, Columns]:
    """CHOOSES_SERVICE and DECIDES: makers choose providers, and take part in running their home.

    Parameters
    ----------
    population : Population
        Who there is.
    settlement : Settlement
        Who is at home where.
    random : numpy.random.Generator
        Draws who, what and when.

    Returns
    -------
    dict of str to mapping
        Columns by relation kind.
    """
    n = round(CHOICES * population.sizes["Maker"])
    clients = weighted(settlement.activity, n, random)
    providers = weighted(zipf(population.sizes["ServiceProvider"], CROWDS, random), n, random)
    services = provided(population.sizes["ServiceProvider"])[providers]
    services = np.where(random.random(n) < MAIN_SERVICE, services, random.integers(5, size=n))
    chosen = days.anytime(n, random)
    kept = first_of(clients, providers, chosen)
    ends = {
        "source": population.at("Maker", clients[kept]),
        "target": population.at("ServiceProvider", providers[kept]),
    }
    choosing = ends | {"at": chosen[kept], "service": vocabulary("service", services[kept])}
    return {"CHOOSES_SERVICE": choosing, "DECIDES": _decided(population, settlement, random)}


def _decided(population: Population, settlement: Settlement, random: np.random.Generator) -> Columns:
    deciders = weighted(settlement.activity, round(DECISIONS * population.sizes["Maker"]), random)
    starts, stops = settlement.home_spans(deciders)
    moments = days.uniform(starts, np.minimum(stops, days.END), random)
    kept = first_of(deciders, moments)
    deciders, moments = deciders[kept], moments[kept]
    homes = population.at("Makerspace", settlement.communities[deciders])
    return {"source": population.at("Maker", deciders), "target": homes, "at": moments}
