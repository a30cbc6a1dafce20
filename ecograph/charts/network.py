"""A still drawing of a network."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from ecograph.charts.chart import Chart
from ecograph.charts.frame import Body, Words, empty, framed
from ecograph.charts.given import Numbers, data_table
from ecograph.charts.layout import Places, connected_parts
from ecograph.charts.lettering import SMALL
from ecograph.charts.marks import NAMED_OUTLINE, OUTLINE, mark
from ecograph.charts.naming import Name, named
from ecograph.charts.scene import WIDTH, Scene, scene
from ecograph.charts.svg import BLACK, Element, element, group
from ecograph.charts.words import said
from ecograph.errors import ParameterError
from ecograph.table import Language

ARC = "#5B6470"
LAYERS = 8
LEADING = 3
MEANINGS = {
    "label": ("name of the node", "名称"),
    "kind": ("kind of the node", "类别"),
    "value": ("area of the node", "数值"),
    "arcs": ("arcs that end at the node", "连线数"),
}


def network(
    labels: Sequence[str],
    kinds: Sequence[str],
    sources: ArrayLike,
    targets: ArrayLike,
    *,
    title: str,
    measure: str = "",
    unit: str = "",
    values: ArrayLike | None = None,
    positions: ArrayLike | None = None,
    named_nodes: int = 20,
    seed: int = 0,
    language: Language = "en",
) -> Chart:
    """Draw a network of at most 2,000 nodes: kinds by shape and colour, values by area, names of the leading nodes.

    Parameters
    ----------
    labels, kinds : sequence of str
        Name and kind of every node, in the language.
    sources, targets : array_like of int
        Ends of the arcs, as places in ``labels``.
    title, measure, unit : str
        What the drawing is of, what the values tell and in which unit, in the language.
    values : array_like of float, optional
        Values of the nodes, not negative; without them all nodes are equally large.
    positions : array_like of float, one row a node, optional
        Where the nodes stand, from :func:`layout`; computed when they are not given.
    named_nodes : int
        How many nodes are named: those with the highest values, or without values with the most arcs. A name that
        would overlap another is left out.
    seed : int
        Seed of the layout.
    language : {"en", "zh"}
        Language of the words.

    Returns
    -------
    Chart
        The drawing; its table holds every node.

    Raises
    ------
    ParameterError
        If lengths differ, an arc ends at no node, a value is negative, or there are more than 2,000 nodes.

    Examples
    --------
    >>> network(["Ada", "Bo"], ["Maker", "Mentor"], [0], [1], title="Who helps whom").alternative
    'Who helps whom. Nodes: 2; arcs: 1; connected parts: 1. Kinds: Maker 1, Mentor 1. Most arcs: Ada, Bo.'
    """
    area = said("area", language, measure=measure) if measure and values is not None else ""
    words = Words(title, area, unit, language)
    if named_nodes < 0:
        raise ParameterError(f"named_nodes={named_nodes}; allowed: 0 or more")
    nodes = scene(labels, kinds, sources, targets, values=values, positions=positions, seed=seed)
    table = data_table(MEANINGS, unit, label=nodes.labels, kind=nodes.kinds, value=nodes.values, arcs=nodes.degrees)
    if not nodes.labels:
        return empty(words, table)
    return framed(words, _body(words, nodes, named_nodes), _alternative(words, nodes), table, WIDTH)


def _alternative(words: Words, nodes: Scene) -> str:
    comma = words.said("comma")
    counts = Counter(nodes.kinds)
    leading = [nodes.labels[node] for node in nodes.ranks[:LEADING]]
    return words.told(
        words.said(
            "network",
            title=words.title,
            nodes=f"{len(nodes.labels):,}",
            arcs=f"{len(nodes.ends):,}",
            components=f"{int(connected_parts(len(nodes.labels), nodes.ends).max()) + 1:,}",
            kinds=comma.join(f"{kind} {counts[kind]:,}" for kind in nodes.styles),
        ),
        words.said("most_arcs" if nodes.values is None else "highest", names=comma.join(leading)),
        words.without(0 if nodes.values is None else int(np.isnan(nodes.values).sum())),
    )


def _body(words: Words, nodes: Scene, named_nodes: int) -> Body:
    shown = named(nodes.ranks[:named_nodes], nodes.labels, nodes.spots, nodes.reaches, (WIDTH, nodes.height))
    counts = Counter(nodes.kinds)
    legend = [(f"{kind} {counts[kind]:,}", style) for kind, style in nodes.styles.items()]
    rule = "named_by_value" if nodes.values is not None else "named_by_arcs"
    note = words.said(rule, shown=f"{len(shown):,}", count=f"{len(nodes.labels):,}")
    drawn = [*_arcs(nodes.ends, nodes.spots, nodes.opacity), *_marks(words, nodes, shown), *map(_name, shown)]
    return Body(drawn, nodes.height, legend, [note] if len(shown) < len(nodes.labels) else [])


def _marks(words: Words, nodes: Scene, shown: Sequence[Name]) -> list[Element]:
    """Marks of the nodes: small ones above large ones, named ones above all, with a stronger outline."""
    outlines = {name.node: NAMED_OUTLINE for name in shown}
    styles = nodes.styles
    drawn: list[Element] = []
    for node in sorted(np.argsort(-nodes.areas, kind="stable").tolist(), key=outlines.__contains__):
        x, y = nodes.spots[node].tolist()
        outline = outlines.get(node, OUTLINE)
        value = "" if nodes.values is None else words.amount(float(nodes.values[node]))
        about = words.about(nodes.labels[node], nodes.kinds[node], value=value)
        drawn.append(group(mark(styles[nodes.kinds[node]], x, y, nodes.areas[node], outline=outline), title=about))
    return drawn


def _name(name: Name) -> Element:
    """A name in black, with white around it."""
    x, y = name.place
    return element(
        "text",
        name.text,
        x=x,
        y=y,
        text_anchor=name.anchor,
        font_size=SMALL,
        fill=BLACK,
        stroke="#FFFFFF",
        stroke_width=3,
        stroke_linejoin="round",
        paint_order="stroke",
        pointer_events="none",
    )


def _arcs(ends: Places, spots: Numbers, opacity: float) -> list[Element]:
    """Thin lines, in a few layers, so that many lines look darker than few."""
    layers = [
        "".join(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" for (x1, y1), (x2, y2) in spots[ends[layer::LAYERS]].tolist())
        for layer in range(LAYERS)
    ]
    return [
        element("path", d=layer, fill="none", stroke=ARC, stroke_width=0.6, stroke_opacity=opacity)
        for layer in layers
        if layer
    ]
