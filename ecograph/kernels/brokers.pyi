import numpy
import numpy.typing


def counts(out_pointers: numpy.typing.NDArray[numpy.int64], out_targets: numpy.typing.NDArray[numpy.int32], in_pointers: numpy.typing.NDArray[numpy.int64], in_sources: numpy.typing.NDArray[numpy.int32], n: int, labels: numpy.typing.NDArray[numpy.int32], groups: int, labellings: int, *, threads: int = 1) -> numpy.typing.NDArray[numpy.int64]:
    """
    Count open two-paths a -> b -> c at b by the groups A, B, C of the three.

    labels holds the group of each node, below groups or -1 for none, under every labelling: those of the first node, those
    of the second, and so on. Gives the counts of the first node, those of the second, and so on, and of each node those of
    coordinator (A = B = C), itinerant (A = C, not B), gatekeeper (B = C, not A), representative (A = B, not C) and liaison
    (all different) one after another, each under every labelling. The three are three nodes, without an arc a -> c; paths
    over a node without a group are left out. The in-rows must be of the same arcs as the out-rows, and rows ascend. The
    result does not depend on threads.
    """
