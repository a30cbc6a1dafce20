"""Groups of one slice found again in the next (Greene, Doyle & Cunningham 2010)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import ParameterError

Numbers = NDArray[np.int64]


def checked_matching(threshold: float, smallest: int) -> None:
    """Refuse thresholds and sizes that have no meaning.

    Raises
    ------
    ParameterError
        If the threshold is not from 0 to below 1, or the size is below 1.
    """
    if not 0 <= threshold < 1:
        raise ParameterError(f"threshold={threshold}; give a likeness from 0 to below 1")
    if smallest < 1:
        raise ParameterError(f"smallest={smallest}; give a number of nodes from 1")


@dataclass(frozen=True, eq=False)
class Grouping:
    """Groups of the nodes of one slice.

    Parameters
    ----------
    members : int64 (members)
        Nodes that have a group, by numbers that are theirs in every slice; each once.
    groups : int64 (members)
        Group of each, from 0 by size, the largest first; none is empty.
    names : sequence of str (groups)
        What each group is called in its slice.
    ungrouped : int
        Nodes of the slice that have no group.
    """

    members: Numbers
    groups: Numbers
    names: Sequence[str]
    ungrouped: int

    @cached_property
    def sizes(self) -> Numbers:
        """Members of each group."""
        return np.bincount(self.groups, minlength=len(self.names))


class Pairs(NamedTuple):
    """Groups of one slice and of the next that share members, and how alike they are."""

    before: Numbers
    after: Numbers
    likeness: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Step:
    """From one slice to the next.

    Parameters
    ----------
    before, after : Grouping
        Groups of both.
    threshold : float
        Groups that are more alike than this match.
    """

    before: Grouping
    after: Grouping
    threshold: float

    @cached_property
    def both(self) -> tuple[Numbers, Numbers]:
        """Group before and group after of the nodes that have both."""
        _, one, other = np.intersect1d(self.before.members, self.after.members, assume_unique=True, return_indices=True)
        return self.before.groups[one], self.after.groups[other]

    @cached_property
    def pairs(self) -> Pairs:
        """Groups that share members, with their likeness by Jaccard over all members of either."""
        width = max(len(self.after.names), 1)
        keys, shared = np.unique(self.both[0] * np.int64(width) + self.both[1], return_counts=True)
        before, after = np.divmod(keys, width)
        return Pairs(before, after, shared / (self.before.sizes[before] + self.after.sizes[after] - shared))

    @cached_property
    def matches(self) -> Pairs:
        """Pairs that are more alike than the threshold."""
        alike = self.pairs.likeness > self.threshold
        return Pairs(self.pairs.before[alike], self.pairs.after[alike], self.pairs.likeness[alike])

    @cached_property
    def likeness(self) -> NDArray[np.float64]:
        """Of each group after, the largest likeness to any before; 0 where it shares no member."""
        found = np.zeros(len(self.after.names))
        np.maximum.at(found, self.pairs.after, self.pairs.likeness)
        return found

    @cached_property
    def origins(self) -> list[str]:
        """How each group after came to be: birth, continuation, merge or split."""
        return _events(self.matches.after, self.matches.before, len(self.after.names), "birth", "merge", "split")

    @cached_property
    def fates(self) -> list[str]:
        """What became of each group before: death, continuation, merge or split."""
        return _events(self.matches.before, self.matches.after, len(self.before.names), "death", "split", "merge")


def _events(own: Numbers, others: Numbers, n: int, none: str, many: str, shared: str) -> list[str]:
    """What happened to each of n groups, by how many match it and whether another matches the one that does."""
    matched = np.bincount(own, minlength=n)
    contested = np.zeros(n, np.bool_)
    contested[own] = np.bincount(others)[others] > 1 if len(others) else False
    chosen = np.select([matched == 0, matched > 1, contested], [none, many, shared], "continuation")
    return [str(event) for event in chosen]


@dataclass(frozen=True, eq=False)
class Trail:
    """Groups followed from slice to slice.

    Parameters
    ----------
    groupings : sequence of Grouping
        Groups of each slice.
    threshold : float
        Groups of slices in a row that are more alike than this match.
    """

    groupings: Sequence[Grouping]
    threshold: float

    @property
    def ungrouped(self) -> int:
        """Nodes that have no group, over all slices."""
        return sum(grouping.ungrouped for grouping in self.groupings)

    @cached_property
    def steps(self) -> list[Step]:
        """From each slice but the last to the next."""
        pairs = zip(self.groupings[:-1], self.groupings[1:], strict=True)
        return [Step(before, after, self.threshold) for before, after in pairs]

    @cached_property
    def numbers(self) -> list[Numbers]:
        """Number of each group of each slice, from 1.

        A group takes the number of the one that matches it best and gives its number to no other that it matches
        better; the others are numbered anew. Of equals the lower number comes first, then the larger group after.
        """
        found = [np.arange(1, len(self.groupings[0].names) + 1)] if self.groupings else []
        last = len(found[0]) if found else 0
        for step in self.steps:
            given = _inherited(step, found[-1])
            fresh = given == 0
            given[fresh] = last + np.arange(1, fresh.sum() + 1)
            last += int(fresh.sum())
            found.append(given)
        return found

    def parents(self, slice: int) -> list[list[int]]:
        """Numbers of the groups of the slice before that match each group of a slice, ascending."""
        if slice == 0:
            return [[] for _ in self.groupings[0].names]
        matches = self.steps[slice - 1].matches
        return _listed(matches.after, self.numbers[slice - 1][matches.before], len(self.groupings[slice].names))

    def children(self, slice: int) -> list[list[int]]:
        """Numbers of the groups of the next slice that match each group of a slice, ascending."""
        if slice == len(self.steps):
            return [[] for _ in self.groupings[slice].names]
        matches = self.steps[slice].matches
        return _listed(matches.before, self.numbers[slice + 1][matches.after], len(self.groupings[slice].names))


def _inherited(step: Step, numbers: Numbers) -> Numbers:
    """Numbers that groups take over from those before; 0 for those that take none."""
    before, after, likeness = step.matches
    given, taken = np.zeros(len(step.after.names), np.int64), set()
    for place in np.lexsort((after, numbers[before], -likeness)):
        if not given[after[place]] and before[place] not in taken:
            given[after[place]] = numbers[before[place]]
            taken.add(before[place])
    return given


def _listed(own: Numbers, numbers: Numbers, n: int) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(n)]
    for group, number in zip(own.tolist(), numbers.tolist(), strict=True):
        found[group].append(number)
    return [sorted(listed) for listed in found]
