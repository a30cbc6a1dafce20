"""Harbour: a made makerspace ecosystem of any size, and the truth that was planted in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from shutil import rmtree
from typing import Literal

import numpy as np
import pyarrow as pa

from ecograph.ecosystem import Ecosystem, assembled
from ecograph.errors import ParameterError
from ecograph.generate import days, folder
from ecograph.generate.chapters import chapters
from ecograph.generate.setting import setting
from ecograph.generate.tables import node_table, relation_table
from ecograph.innovation import SCHEMA
from ecograph.reading import Raw

LEAST, MOST = 1_000, 10_000_000
MANIFEST = {
    "title": "Harbour, a made makerspace ecosystem",
    "title_zh": "港湾：虚构的众创空间生态系统",
    "description": "Makers, organisations, projects and resources around several makerspaces from 2023 to 2025, with "
    "known truth planted in them. Every name is made up.",
    "description_zh": "2023 至 2025 年若干众创空间及其创客、组织、项目与资源，其中预置了已知的真值。所有名称均为虚构。",
    "source": "made by ecograph, no real person",
    "licence": "Apache-2.0",
    "attribution": "ecograph",
}
Tables = Mapping[str, pa.Table]


@dataclass(frozen=True, eq=False)
class Harbour:
    """A made ecosystem and the truth planted in it.

    Parameters
    ----------
    nodes : mapping of str to pyarrow.Table
        By leaf kind: ``id`` and the kind's columns.
    relations : mapping of str to pyarrow.Table
        By relation kind: ``source``, ``target``, dates and attributes.
    truth : mapping of str to pyarrow.Table
        What is planted, by name, as ids.
    manifest : mapping
        Title, source, licence, as-of day and recipe.
    """

    nodes: Tables
    relations: Tables
    truth: Tables
    manifest: Mapping[str, str]

    @cached_property
    def ecosystem(self) -> Ecosystem:
        """The tables as an ecosystem; it knows nothing of the truth."""
        parts = (
            {kind: [Raw(table, f"{part}/{kind}")] for kind, table in tables.items()}
            for part, tables in (("nodes", self.nodes), ("relations", self.relations))
        )
        return assembled(SCHEMA, *parts, manifest=self.manifest)

    def write(self, address: str | Path, format: Literal["csv", "parquet"] = "csv") -> None:
        """Write ``nodes/``, ``relations/``, ``truth/`` and ``ecosystem.toml``.

        Parameters
        ----------
        address : str or Path
            Folder; made if it is not there.
        format : {"csv", "parquet"}
            How tables are written; CSV is UTF-8 with commas.

        Raises
        ------
        AddressError
            If the folder holds one of these already.
        ParameterError
            If the format is neither.
        """
        folder.write(Path(address), self.parts, self.manifest, format)

    @property
    def parts(self) -> Mapping[str, Tables]:
        """Tables by part: ``nodes``, ``relations`` and ``truth``."""
        return {"nodes": self.nodes, "relations": self.relations, "truth": self.truth}


def harbour(relations: int = 5_000, seed: int = 1) -> Harbour:
    """Make a makerspace ecosystem with every kind and relation of the innovation schema, and known truth in it.

    Three years of dates, 2023-01-01 to 2026-01-01; the as-of day of whatever holds at a day is 2025-12-31. Few are very
    active, most hardly: numbers of talks, visits and demands follow Zipf's law. Equal arguments give equal bytes.

    Parameters
    ----------
    relations : int
        How many relations of all kinds there are: 1,000 to 10,000,000. There are about a tenth as many nodes.
    seed : int
        Seed of the random draws, 0 or more.

    Returns
    -------
    Harbour
        Tables, and the truth by name:

        - ``communities``: the community of every maker, dense inside in COLLABORATES and COMMUNICATES;
        - ``brokers``: the few who stand on more open two-paths of COLLABORATES than anyone else;
        - ``unmet_demands``, ``idle_supplies``: what is missing of demands, and left of supplies;
        - ``dual_makers``: makers who demand and supply;
        - ``cross_side_effects``, ``platform_intercepts``, ``platform_sizes``: the equations by which makers
          (SETTLED_IN) and enterprises (SUPPLIES) draw each other into makerspaces, and the sizes that came of it;
        - ``knowledge_gaps``: required skills that nobody within two steps of the project has;
        - ``stalled_projects``, ``untracked_projects``, ``doubly_tracked_projects``: on the as-of day.

    Raises
    ------
    ParameterError
        If the size or the seed is not allowed.

    Notes
    -----
    Every list is complete: what is not in it is not so. The equations of a makerspace's sizes by quarter are ``log size
    = intercept + own * log own size + cross * log other size + noise``, with the sizes a quarter ago; none is below 1.

    Examples
    --------
    >>> from ecograph.generate.harbour import harbour
    >>> made = harbour(1_000)
    >>> made.truth["unmet_demands"].column_names
    ['demand', 'demander', 'makerspace', 'resource', 'missing', 'unit']
    """
    if not LEAST <= relations <= MOST:
        raise ParameterError(f"relations={relations}; allowed: {LEAST:,} to {MOST:,}")
    if seed < 0:
        raise ParameterError(f"seed={seed}; allowed: 0 or more")
    random = np.random.default_rng(seed)
    place = setting(relations, random)
    told = chapters(place, relations, random)
    nodes = {kind: columns for chapter in told for kind, columns in chapter.nodes.items()}
    ties = {kind: columns for chapter in told for kind, columns in chapter.relations.items()}
    return Harbour(
        {kind: node_table(place.population, kind, nodes[kind]) for kind in SCHEMA.leaves()},
        {one.name: relation_table(place.population, one.name, ties[one.name]) for one in SCHEMA.relations},
        {name: table for chapter in told for name, table in chapter.truth.items()},
        MANIFEST | {"as_of": days.iso(days.AS_OF), "recipe": f"harbour(relations={relations}, seed={seed})"},
    )


def write_dataset(address: Path) -> None:
    """Write the dataset ``harbour``: the small form, in CSV, in place of its former tables.

    Parameters
    ----------
    address : Path
        Folder of the dataset.
    """
    made = harbour()
    for part in made.parts:
        rmtree(address / part, ignore_errors=True)
    (address / folder.MANIFEST).unlink(missing_ok=True)
    made.write(address)
