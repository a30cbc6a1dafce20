"""Drawing: the network, by a stated choice of nodes."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.charts import network
from ecograph.page.holdings import Holdings, apart
from ecograph.page.section import LED, Found, Need, Part, Section, led
from ecograph.page.wording import Wording
from ecograph.registry import metric
from ecograph.views import Network

DRAWN = 300


def _build(holdings: Holdings, wording: Wording, relations: Sequence[str]) -> Found:
    view, title = _view(holdings, wording, relations[0])
    result = metric("degree")(view)
    degrees = result["degree"]
    chosen = np.sort(np.argsort(-degrees, kind="stable")[:DRAWN])
    chosen = chosen[degrees[chosen] > 0]
    sources, targets = _arcs(view, chosen)
    rows = pa.array(chosen)
    kinds, ids = view.nodes.kinds.take(rows), view.nodes.ids.take(rows)
    chart = network(
        wording.nodes(kinds, ids).to_pylist(),
        [wording.kind(kind) for kind in kinds.to_pylist()],
        sources,
        targets,
        values=degrees[chosen].astype(float),
        title=title,
        measure=wording.column("degree", result.table.columns["degree"]),
        language=wording.language,
    )
    counts = {"nodes": len(chosen), "all": view.n, "single": int((degrees == 0).sum()), "arcs": len(sources)}
    every = len(_arcs(view, np.arange(view.n))[0])
    rule = wording.say("sections.drawing.rule", most=DRAWN, every=every, **counts)
    return Found(parts=[Part(chart=chart, under=rule, results=[result])], results=[result])


def _view(holdings: Holdings, wording: Wording, most: str) -> tuple[Network, str]:
    """From those who lead to those who take part, where the data tell; else the relation with most rows."""
    eco = holdings.eco
    for relation in LED.met(holdings):
        title = wording.say("sections.brokers.led", relation=wording.relation(relation))
        return eco.network(led(eco.schema, relation)), title
    view = eco.network(most, direction="both" if apart(eco.schema, most) else None)
    return view, wording.say("sections.brokers.direct", relation=wording.relation(most))


def _arcs(view: Network, chosen: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ends of the arcs among the nodes chosen, as places in them; without direction each once, and no self-ties."""
    places = np.full(view.n, -1)
    places[chosen] = np.arange(len(chosen))
    sources, targets = places[view.arcs.out_sources], places[view.arcs.out_targets]
    kept = (sources >= 0) & (targets >= 0) & ((sources != targets) if view.directed else (sources < targets))
    return sources[kept], targets[kept]


SECTION = Section(name="drawing", build=_build, needs=[Need()], metrics=["degree"])
