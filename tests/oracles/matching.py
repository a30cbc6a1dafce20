"""Slow twin of the matching of groups over slices: fronts and sets, as Greene, Doyle & Cunningham 2010 tell it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

Groups = Sequence[frozenset[Any]]
Row = tuple[int, str | None, str | None, list[int], list[int]]


def likeness(one: frozenset[Any], other: frozenset[Any]) -> float:
    return len(one & other) / len(one | other)


def followed(slices: Sequence[Groups], threshold: float) -> list[list[Row]]:
    """Of each group of each slice: its number, origin, fate, and the numbers that match before and after.

    Groups are given by size, then by smallest member.
    """
    numbers = [list(range(1, len(slices[0]) + 1))]
    most = len(slices[0])
    for before, after in pairwise(slices):
        offers = [
            (-likeness(front, group), number, place)
            for front, number in zip(before, numbers[-1], strict=True)
            for place, group in enumerate(after)
            if likeness(front, group) > threshold
        ]
        given: dict[int, int] = {}
        for _, number, place in sorted(offers):
            if place not in given and number not in given.values():
                given[place] = number
        for place in range(len(after)):
            if place not in given:
                most += 1
                given[place] = most
        numbers.append([given[place] for place in range(len(after))])
    return [
        [_row(slices, numbers, time, place, threshold) for place in range(len(slices[time]))]
        for time in range(len(slices))
    ]


def _row(slices: Sequence[Groups], numbers: list[list[int]], time: int, place: int, threshold: float) -> Row:
    def matching(at: int, group: frozenset[Any]) -> list[int]:
        if not 0 <= at < len(slices):
            return []
        return [other for other, one in enumerate(slices[at]) if likeness(one, group) > threshold]

    def event(at: int, none: str, many: str, shared: str) -> str | None:
        if not 0 <= at < len(slices):
            return None
        found = matching(at, slices[time][place])
        if len(found) != 1:
            return many if found else none
        return shared if len(matching(time, slices[at][found[0]])) > 1 else "continuation"

    before, after = (
        sorted(numbers[at][one] for one in matching(at, slices[time][place])) for at in (time - 1, time + 1)
    )
    return (
        numbers[time][place],
        event(time - 1, "birth", "merge", "split"),
        event(time + 1, "death", "split", "merge"),
        before,
        after,
    )
