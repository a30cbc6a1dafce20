"""Incubation: which projects are active on the day of a view's records, since when and where."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.methods.stretches import stretches
from ecograph.views.records import EVER, NEVER, Days, Records, days_of


@dataclass(frozen=True, eq=False)
class Incubation:
    """Projects that are active on a day, and those that have been.

    Parameters
    ----------
    projects : int64 (n)
        Positions, ascending.
    since : int64 (n)
        First day of the stretch without a gap that holds the day.
    pairs : int64 (m, 2)
        Active project and the makerspace that incubates it, each once, ascending.
    begun : int64 (k)
        Positions of all projects that began by the day, ascending.
    begun_pairs : int64 (l, 2)
        Each of them and every makerspace that has incubated it by the day, each once, ascending.
    """

    projects: NDArray[np.int64]
    since: Days
    pairs: NDArray[np.int64]
    begun: NDArray[np.int64]
    begun_pairs: NDArray[np.int64]

    def hosts(self, ids: pa.Array) -> list[str | None]:
        """Ids of the makerspaces of each project in one text; missing where it has none."""
        found: dict[int, list[str]] = {}
        for (project, _), host in zip(
            self.pairs.tolist(), ids.take(pa.array(self.pairs[:, 1])).to_pylist(), strict=True
        ):
            found.setdefault(project, []).append(host)
        return [", ".join(found[project]) if project in found else None for project in self.projects.tolist()]


def incubation(records: Records) -> Incubation:
    """Projects with an active INCUBATES; without such rows, those whose own span holds the day.

    Parameters
    ----------
    records : Records
        Rows and the day.

    Returns
    -------
    Incubation
        The active projects.

    Raises
    ------
    ViewError
        If nothing says which day is meant.
    """
    if "INCUBATES" not in records.content.relations:
        return _by_their_own_spans(records)
    hosts, projects = (ends.astype(np.int64) for ends in records.content.ends("INCUBATES"))
    starts, stops = records.spans("INCUBATES")
    active = records.active("INCUBATES")
    numbers = stretches(projects, starts, stops)
    firsts = np.full(len(numbers), NEVER)
    np.minimum.at(firsts, numbers, starts)
    found, rows = np.unique(projects[active], return_index=True)
    pairs = np.column_stack([projects, hosts])
    begun = starts <= records.today
    return Incubation(
        found,
        firsts[numbers[active][rows]],
        np.unique(pairs[active], axis=0),
        np.unique(projects[begun]),
        np.unique(pairs[begun], axis=0),
    )


def _by_their_own_spans(records: Records) -> Incubation:
    block, table = records.nodes.block("Project"), records.nodes.tables.get("Project")
    projects = np.arange(block.start, block.stop)
    starts = projects if table is None else days_of(table, "valid_from", EVER)
    stops = projects if table is None else days_of(table, "valid_to", NEVER)
    begun, nowhere = starts <= records.today, np.empty((0, 2), np.int64)
    active = begun & (records.today < stops)
    return Incubation(projects[active], starts[active], nowhere, projects[begun], nowhere)
