"""Population: how many nodes of each kind there are, their ids and where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ecograph.generate.draws import Numbers
from ecograph.innovation import SCHEMA

# By kind: what its ids begin with, how many there are in 1,000 relations, and the fewest.
KINDS: Mapping[str, tuple[str, float, int]] = {
    "Maker": ("maker", 40, 30),
    "Professional": ("professional", 12, 16),
    "Team": ("team", 8, 8),
    "Enterprise": ("enterprise", 8, 16),
    "University": ("university", 0.6, 3),
    "ResearchOrganisation": ("institute", 0.4, 3),
    "PublicBody": ("bureau", 0.3, 3),
    "ServiceProvider": ("service", 1.2, 4),
    "Makerspace": ("makerspace", 0.03, 7),
    "ExternalPlatform": ("park", 0.1, 3),
    "OtherOrganisation": ("association", 0.4, 3),
    "Project": ("project", 15, 15),
    "Resource": ("resource", 3, 20),
    "Skill": ("skill", 2, 20),
    "Event": ("event", 6, 6),
    "Agreement": ("agreement", 6, 8),
    "Problem": ("problem", 6, 8),
    "Market": ("market", 0, 6),
}


def expected(kind: str, relations: int) -> int:
    """How many nodes of a kind an ecosystem of so many relations has."""
    _, share, least = KINDS[kind]
    return max(least, round(share * relations / 1000))


@dataclass(frozen=True, eq=False)
class Population:
    """Nodes of every kind, numbered from 0 inside their kind, their positions counted over all kinds.

    Parameters
    ----------
    sizes : mapping of str to int
        How many nodes each leaf kind has, in schema order.
    """

    sizes: Mapping[str, int]

    @classmethod
    def of(cls, relations: int, **known: int) -> "Population":
        """Population of an ecosystem of so many relations, where the sizes of some kinds are known."""
        return cls({kind: known.get(kind, expected(kind, relations)) for kind in SCHEMA.leaves()})

    @cached_property
    def _firsts(self) -> Mapping[str, int]:
        return dict(zip(self.sizes, np.cumsum([0, *self.sizes.values()]).tolist(), strict=False))

    def at(self, kind: str, numbers: Numbers | None = None) -> Numbers:
        """Positions of nodes of a kind; of all of them by default."""
        return self._firsts[kind] + (np.arange(self.sizes[kind]) if numbers is None else numbers)

    def kinds_of(self, positions: Numbers) -> pa.Array:
        """Kind of the node at each of these positions."""
        places = np.searchsorted(list(self._firsts.values()), positions, side="right") - 1
        return pa.array(list(self.sizes)).take(pa.array(places))

    def of_kinds(self, *kinds: str) -> Numbers:
        """Positions of all nodes of these kinds and of the leaves below them."""
        return np.concatenate([self.at(leaf) for leaf in SCHEMA.leaves(*kinds)])

    def ids_of(self, kind: str) -> pa.Array:
        """Ids of a kind, ascending: all of one length."""
        n = self.sizes[kind]
        digits = pc.utf8_lpad(pc.cast(pa.array(np.arange(1, n + 1)), pa.string()), len(str(n)), "0")
        return pc.binary_join_element_wise(KINDS[kind][0], digits, "-")

    @cached_property
    def ids(self) -> pa.Array:
        """Id of the node at each position."""
        return pa.concat_arrays([self.ids_of(kind) for kind in self.sizes])
