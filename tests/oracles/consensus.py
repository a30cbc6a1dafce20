"""Stability of communities, slowly: member by member, set by set."""

from collections.abc import Sequence


def node_stability(labels: Sequence[int], runs: Sequence[Sequence[int]], node: int) -> float:
    """Mean share of the other members of its community that are with a node; of one alone, how often it is alone."""
    others = [other for other in range(len(labels)) if labels[other] == labels[node] and other != node]
    if not others:
        return sum(list(run).count(run[node]) == 1 for run in runs) / len(runs)
    return sum(sum(run[other] == run[node] for other in others) / len(others) for run in runs) / len(runs)


def community_stability(labels: Sequence[int], runs: Sequence[Sequence[int]], community: int) -> float:
    """Hennig 2007: mean over the runs of the largest Jaccard likeness."""
    members = {node for node, label in enumerate(labels) if label == community}
    total = 0.0
    for run in runs:
        groups = [{node for node, label in enumerate(run) if label == one} for one in set(run)]
        total += max(len(members & group) / len(members | group) for group in groups)
    return total / len(runs)
