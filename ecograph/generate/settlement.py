"""Settlement: who belongs to which makerspace - makers and their homes, suppliers, teams."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ecograph.generate import days
from ecograph.generate.draws import Groups, Mask, Numbers, Weights, dealt, folded, occurrences, weighted, zipf
from ecograph.generate.sides import Spells
from ecograph.innovation import SCHEMA

MODES = tuple(word.name for word in SCHEMA.vocabulary("mode").words)
ACTIVITY = 0.8  # exponent of the Zipf law of makers' activity
SPREAD = 1.0  # exponent of the Zipf law of enterprises over platforms


@dataclass(frozen=True, eq=False)
class Settlement:
    """Makers in makerspaces.

    Parameters
    ----------
    spells : Spells
        Memberships.
    makers : array of int64
        Maker of each membership.
    homes : array of int64 (makers)
        Home of each maker: a membership, also the maker's community.
    activity : array of float64 (makers)
        How active each maker is.
    modes : array of int64 (platforms)
        Mode of each makerspace.
    """

    spells: Spells
    makers: Numbers
    homes: Numbers
    activity: Weights
    modes: Numbers

    @cached_property
    def communities(self) -> Numbers:
        """Makerspace where each maker is at home."""
        return self.spells.platforms[self.homes]

    @cached_property
    def neighbours(self) -> Groups:
        """Makers by home, the active ones more likely."""
        return Groups(self.communities, len(self.modes), self.activity)

    def has_mode(self, *names: str) -> Mask:
        """Whether each makerspace has one of these modes."""
        return np.isin(self.modes, [MODES.index(name) for name in names])

    def home_spans(self, makers: Numbers) -> tuple[Numbers, Numbers]:
        """First day, and first day no longer, of makers at home."""
        rows = self.homes[makers]
        return self.spells.starts[rows], self.spells.stops[rows]


def settled(spells: Spells, makers: int, platforms: int, random: np.random.Generator) -> Settlement:
    """Give memberships to makers: everyone gets a home, the rest go mostly to the active.

    Parameters
    ----------
    spells : Spells
        Memberships, at least as many as makers.
    makers, platforms : int
        How many there are.
    random : numpy.random.Generator
        Draws who gets which.

    Returns
    -------
    Settlement
        No maker is a member of one platform twice.
    """
    activity = zipf(makers, ACTIVITY, random)
    slots = random.permutation(len(spells.platforms))
    holders = np.empty(len(slots), np.int64)
    holders[slots[:makers]] = np.arange(makers)
    holders[slots[makers:]] = weighted(activity, len(slots) - makers, random)
    while len(again := slots[occurrences(folded(spells.platforms, holders)[slots]) > 0]):
        holders[again] = random.integers(makers, size=len(again))
    modes = dealt(np.ones(len(MODES)), platforms, random)
    return Settlement(spells, holders, slots[:makers], activity, modes)


def suppliers(spells: Spells, enterprises: int, random: np.random.Generator) -> Numbers:
    """Enterprise of each supplier's membership: no platform has one twice, and few supply many platforms."""
    chosen = np.empty(len(spells.platforms), np.int64)
    order = np.argsort(spells.platforms, kind="stable")
    logs = np.log(zipf(enterprises, SPREAD, random))
    # the largest of log weight + Gumbel noise are a draw by weight without replacement
    for rows in np.split(order, np.flatnonzero(np.diff(spells.platforms[order])) + 1):
        keys = logs + random.gumbel(size=enterprises)
        chosen[rows] = random.permutation(np.argpartition(-keys, len(rows) - 1)[: len(rows)])
    return chosen


def team_spells(teams: int, settlement: Settlement, random: np.random.Generator) -> tuple[Numbers, Spells]:
    """Leader of each team, and the team's membership of the leader's home while the leader is there."""
    leaders = weighted(np.sqrt(settlement.activity), teams, random)
    starts, stops = days.inside(*settlement.home_spans(leaders), random)
    return leaders, Spells(settlement.communities[leaders], starts, stops)
