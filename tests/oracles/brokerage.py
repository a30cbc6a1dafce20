"""Slow twin of brokerage: every triple of nodes, by the definition."""

from itertools import permutations


def brokerage(arcs: set[tuple[int, int]], groups: list[str]) -> list[dict[str, int]]:
    names = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
    counts = [dict.fromkeys(names, 0) for _ in groups]
    for a, b, c in permutations(range(len(groups)), 3):
        if (a, b) not in arcs or (b, c) not in arcs or (a, c) in arcs:
            continue
        first, own, last = groups[a], groups[b], groups[c]
        if first == own == last:
            role = "coordinator"
        elif first == last:
            role = "itinerant"
        elif own == last:
            role = "gatekeeper"
        elif first == own:
            role = "representative"
        else:
            role = "liaison"
        counts[b][role] += 1
    return counts
