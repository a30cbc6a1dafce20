from typing import Literal

import numpy
import numpy.typing


def build(sources: numpy.typing.NDArray[numpy.int32], targets: numpy.typing.NDArray[numpy.int32], n: int, *, symmetric: bool = False, want_arcs: bool = False, threads: int = 1) -> tuple[numpy.typing.NDArray[numpy.int64], numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int64], numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int32]]:
    """
    Compress relations into rows, both ways, one arc for each ordered pair.

    Gives out_pointers, out_targets, in_pointers, in_sources, in_arcs, multiplicity and relation_arcs. The entries of a row
    ascend. Out-order is the order of out_targets and multiplicity; in_arcs holds the place in out-order of each arc of
    in_sources, relation_arcs that of the arc of each relation. relation_arcs is empty unless want_arcs.

    With symmetric every relation makes an arc each way, and a self-tie one arc; in_arcs is then the way back of each arc.
    The result does not depend on threads.
    """

def order(sources: numpy.typing.NDArray[numpy.int32], targets: numpy.typing.NDArray[numpy.int32], n: int, *, threads: int = 1) -> tuple[numpy.typing.NDArray[numpy.int64], numpy.typing.NDArray[numpy.int32], numpy.typing.NDArray[numpy.int32]]:
    """
    Order relations by source, then by target, then as they came.

    Gives the pointers to each source's relations, their targets, and their numbers among the relations that came in.

    The result does not depend on threads.
    """

def reduce(values: numpy.typing.NDArray[numpy.float64], relation_arcs: numpy.typing.NDArray[numpy.int32], arcs: int, how: Literal['sum', 'mean', 'max', 'min'], *, mirror: numpy.typing.NDArray[numpy.int32] | None = None) -> numpy.typing.NDArray[numpy.float64]:
    """
    Reduce a value for each relation to one for each arc, in the relations' order.

    mirror is in_arcs of a symmetric build: every value then counts for both arcs of its relation, once for a self-tie.
    An arc without a relation gets 0 with sum and NaN otherwise.
    """
