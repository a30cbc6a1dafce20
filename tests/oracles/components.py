"""Slow twin of weak components: sets of nodes that grow until they touch no more."""


def weak(arcs: list[tuple[int, int]], n: int) -> list[int]:
    sets = [{node} for node in range(n)]
    for source, target in arcs:
        first = next(nodes for nodes in sets if source in nodes)
        second = next(nodes for nodes in sets if target in nodes)
        if first is not second:
            sets.remove(second)
            first |= second
    ordered = sorted(sets, key=lambda nodes: (-len(nodes), min(nodes)))
    return [next(label for label, nodes in enumerate(ordered) if node in nodes) for node in range(n)]
