"""Truth: what was planted, as tables of ids."""

import numpy as np
import pyarrow as pa

from ecograph.generate import days
from ecograph.generate.brokers import Brokers
from ecograph.generate.draws import Numbers
from ecograph.generate.incubation import Tracking
from ecograph.generate.population import Population
from ecograph.generate.projects import Projects
from ecograph.generate.settlement import Settlement
from ecograph.generate.sides import EQUATIONS, Panel


def _ids(population: Population, kind: str, numbers: Numbers) -> pa.Array:
    return population.ids_of(kind).take(pa.array(numbers))


def communities(population: Population, settlement: Settlement) -> pa.Table:
    """Community of every maker, called after the makerspace where its members are at home."""
    return pa.table({
        "maker": population.ids_of("Maker"),
        "community": _ids(population, "Makerspace", settlement.communities),
    })  # fmt: skip


def brokers(population: Population, known: Brokers) -> pa.Table:
    """Who the brokers are, by number of partners in COLLABORATES."""
    order = np.argsort(-known.degrees)
    positions = known.positions[order]
    return pa.table({
        "kind": population.kinds_of(positions),
        "id": population.ids.take(pa.array(positions)),
        "partners": known.degrees[order],
    })  # fmt: skip


def sides(population: Population, drawn: Panel) -> dict[str, pa.Table]:
    """Equations of both sides, the intercept of every makerspace, and the sizes by quarter."""
    spaces = population.ids_of("Makerspace")
    quarters = len(days.QUARTERS) - 1
    starts = days.cells(np.tile(days.QUARTERS[:-1], len(spaces)))
    where = spaces.take(pa.array(np.repeat(np.arange(len(spaces)), quarters)))
    equations = {
        "side": list(EQUATIONS),
        **{name: [getattr(one, name) for one in EQUATIONS.values()] for name in ("own", "cross", "noise")},
    }
    return {
        "cross_side_effects": pa.table(equations),
        "platform_intercepts": pa.table({"makerspace": spaces, **drawn.intercepts}),
        "platform_sizes": pa.table({
            "makerspace": where, "quarter": starts, **{side: sizes.ravel() for side, sizes in drawn.sizes.items()}
        }),
    }  # fmt: skip


def incubation(population: Population, found: Projects, tracks: Tracking) -> dict[str, pa.Table]:
    """Projects that have stalled, with the day of the last news, that nobody tracks, and that two persons track."""
    lists = {"stalled": found.stalled, "untracked": tracks.untracked, "doubly_tracked": tracks.doubly}
    tables = {
        f"{name}_projects": pa.table({"project": _ids(population, "Project", np.flatnonzero(mask))})
        for name, mask in lists.items()
    }
    stalled = np.flatnonzero(found.stalled)
    last = np.where(found.silent[stalled], days.BLANK, found.quiet[stalled] - 1)
    tables["stalled_projects"] = tables["stalled_projects"].append_column("last_news", days.cells(last))
    return tables


def gaps(population: Population, lacking: Numbers, scarce: Numbers) -> pa.Table:
    """Project and skill of every knowledge gap."""
    order = np.lexsort((scarce, lacking))
    return pa.table({
        "project": _ids(population, "Project", lacking[order]), "skill": _ids(population, "Skill", scarce[order])
    })  # fmt: skip
