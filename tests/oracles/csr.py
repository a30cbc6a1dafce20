"""Slow twin of the csr kernel: a dictionary of lists, by the definition."""

from collections.abc import Iterator
from typing import NamedTuple


class Rows(NamedTuple):
    out_pointers: list[int]
    out_targets: list[int]
    in_pointers: list[int]
    in_sources: list[int]
    in_arcs: list[int]
    multiplicity: list[int]
    relation_arcs: list[int]


def pairs_of(source: int, target: int, symmetric: bool) -> Iterator[tuple[int, int]]:
    """The ordered pairs that one relation ties."""
    yield source, target
    if symmetric and source != target:
        yield target, source


def build(sources: list[int], targets: list[int], n: int, *, symmetric: bool = False) -> Rows:
    counts: dict[tuple[int, int], int] = {}
    for source, target in zip(sources, targets, strict=True):
        for pair in pairs_of(source, target, symmetric):
            counts[pair] = counts.get(pair, 0) + 1
    out_order = sorted(counts)
    in_order = sorted(counts, key=lambda pair: (pair[1], pair[0]))
    return Rows(
        [sum(source < node for source, _ in out_order) for node in range(n + 1)],
        [target for _, target in out_order],
        [sum(target < node for _, target in in_order) for node in range(n + 1)],
        [source for source, _ in in_order],
        [out_order.index(pair) for pair in in_order],
        [counts[pair] for pair in out_order],
        [out_order.index(pair) for pair in zip(sources, targets, strict=True)],
    )


def reduce(
    values: list[float], sources: list[int], targets: list[int], how: str, *, symmetric: bool = False
) -> list[float]:
    """One value for each arc, in out-order, from one for each relation."""
    found: dict[tuple[int, int], list[float]] = {}
    for value, source, target in zip(values, sources, targets, strict=True):
        for pair in pairs_of(source, target, symmetric):
            found.setdefault(pair, []).append(value)
    return [reduced(found[pair], how) for pair in sorted(found)]


def reduced(values: list[float], how: str) -> float:
    if how in {"max", "min"}:
        return max(values) if how == "max" else min(values)
    total = 0.0
    for value in values:  # sum() has a more exact way of its own
        total += value
    return total / len(values) if how == "mean" else total
