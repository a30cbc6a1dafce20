"""Slow twin of maximum flow: whole numbers sent along any path that has room, and every set of nodes tried as a cut."""

from itertools import combinations


def flow(capacities: dict[tuple[int, int], int], sources: set[int], sinks: set[int]) -> int:
    room = dict(capacities)
    sent = 0
    while path := way(room, sources, sinks):
        least = min(room[arc] for arc in path)
        sent += least
        for source, target in path:
            room[source, target] -= least
            room[target, source] = room.get((target, source), 0) + least
    return sent


def way(room: dict[tuple[int, int], int], sources: set[int], sinks: set[int]) -> list[tuple[int, int]]:
    paths: dict[int, list[tuple[int, int]]] = {node: [] for node in sources}
    line = sorted(sources)
    for node in line:
        if node in sinks:
            return paths[node]
        for (source, target), left in sorted(room.items()):
            if source == node and left and target not in paths:
                paths[target] = [*paths[node], (source, target)]
                line.append(target)
    return []


def nearest_cut(capacities: dict[tuple[int, int], int], sources: set[int], sinks: set[int], n: int) -> set[int]:
    """Of all sets of nodes whose leaving arcs have the least capacity, the one that all others hold."""
    others = [node for node in range(n) if node not in sources | sinks]
    sets = [sources | set(some) for size in range(len(others) + 1) for some in combinations(others, size)]
    widths = [sum(c for (a, b), c in capacities.items() if a in one and b not in one) for one in sets]
    least = [one for one, width in zip(sets, widths, strict=True) if width == min(widths)]
    return set.intersection(*least)
