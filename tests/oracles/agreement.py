"""Agreement of partitions, slowly: over every pair of nodes, and over every way to give nodes to groups."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, permutations
from math import log2


def entropy(labels: Sequence[object]) -> float:
    """Shannon entropy in bits of the label of a node drawn at random."""
    return -sum(count / len(labels) * log2(count / len(labels)) for count in Counter(labels).values())


def information(one: Sequence[object], other: Sequence[object]) -> float:
    """Mutual information in bits."""
    return entropy(one) + entropy(other) - entropy(list(zip(one, other, strict=True)))


def adjusted_information(one: Sequence[object], other: Sequence[object]) -> float:
    """Vinh, Epps & Bailey 2010: the expected information is the mean over all orders of the second labels."""
    orders = list(permutations(other))
    chance = sum(information(one, order) for order in orders) / len(orders)
    mean = (entropy(one) + entropy(other)) / 2
    return (information(one, other) - chance) / (mean - chance)


def adjusted_rand(one: Sequence[object], other: Sequence[object]) -> float:
    """Hubert & Arabie 1985, eq. 5, by counting pairs."""
    pairs = list(combinations(range(len(one)), 2))
    in_one = sum(one[i] == one[j] for i, j in pairs)
    in_other = sum(other[i] == other[j] for i, j in pairs)
    in_both = sum(one[i] == one[j] and other[i] == other[j] for i, j in pairs)
    chance = in_one * in_other / len(pairs)
    return (in_both - chance) / ((in_one + in_other) / 2 - chance)
