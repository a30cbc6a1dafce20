"""Drawing: everything in the data as one network, by a stated choice of nodes."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.charts import layout, network, scene
from ecograph.page.holdings import Holdings
from ecograph.page.live import live
from ecograph.page.section import Found, Need, Part, Section
from ecograph.page.wording import Wording
from ecograph.registry import metric
from ecograph.views import Network

DRAWN = 2_000


def _build(holdings: Holdings, wording: Wording, relations: Sequence[str]) -> Found:
    view = holdings.eco.network(*relations, direction="both")
    result = metric("degree")(view)
    chosen = chosen_nodes(result["degree"])
    arcs = _arcs(view, chosen)
    kinds, ids = (column.take(pa.array(chosen)) for column in (view.nodes.kinds, view.nodes.ids))
    names, called = wording.nodes(kinds, ids).to_pylist(), [wording.kind(kind) for kind in kinds.to_pylist()]
    sizes, positions = result["degree"][chosen].astype(float), layout(len(chosen), *arcs)
    chart = network(
        names,
        called,
        *arcs,
        values=sizes,
        positions=positions,
        title=_title(wording, relations),
        measure=wording.column("degree", result.table.columns["degree"]),
        language=wording.language,
    )
    answers = live(scene(names, called, *arcs, values=sizes, positions=positions), ids.to_pylist(), wording)
    rule = _rule(holdings, wording, result["degree"], [len(arcs[0]), len(_arcs(view, np.arange(view.n))[0])])
    return Found(parts=[Part(chart=chart, live=answers, under=rule, results=[result])], results=[result])


def _rule(holdings: Holdings, wording: Wording, degrees: NDArray[np.int64], ties: Sequence[int]) -> str:
    """What is drawn of what, and how it was chosen."""
    count, joined = sum(holdings.nodes.values()), int((degrees > 0).sum())
    return wording.say(
        "sections.drawing.rule",
        nodes=min(joined, DRAWN),
        all=count,
        single=count - joined,
        most=DRAWN,
        arcs=ties[0],
        every=ties[1],
    )


def chosen_nodes(degrees: NDArray[np.int64], most: int = DRAWN) -> NDArray[np.int64]:
    """Places of the nodes with the most neighbours, in order; equal ones by place, and none without a neighbour."""
    ranked = np.argsort(-degrees, kind="stable")[:most]
    return np.sort(ranked[degrees[ranked] > 0])


def _title(wording: Wording, relations: Sequence[str]) -> str:
    if len(relations) == 1:
        return wording.say("sections.brokers.direct", relation=wording.relation(relations[0]))
    return wording.say("sections.drawing.every", count=len(relations))


def _arcs(view: Network, chosen: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ends of the ties among the nodes chosen, as places in them; each tie once, and no self-ties."""
    places = np.full(view.n, -1)
    places[chosen] = np.arange(len(chosen))
    sources, targets = places[view.arcs.out_sources], places[view.arcs.out_targets]
    kept = (sources >= 0) & (sources < targets)
    return sources[kept], targets[kept]


SECTION = Section(name="drawing", build=_build, needs=[Need()], metrics=["degree"])
