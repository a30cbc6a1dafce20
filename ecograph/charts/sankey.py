"""Flows between kinds on the left and kinds on the right."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ecograph.charts.chart import Chart
from ecograph.charts.frame import MARGIN, WIDTH, Body, Words, empty, framed
from ecograph.charts.given import Numbers, data_table, names, numbers, parts
from ecograph.charts.lettering import SMALL, TEXT, cut, text_width
from ecograph.charts.marks import INK
from ecograph.charts.palette import COLOURS
from ecograph.charts.svg import BLACK, GREY, Element, element, group, rectangle, short
from ecograph.table import Language

ROOM = 210.0
POST = 14.0
GAP = 18.0
SHOWN = 12
NEUTRAL = "#D9D9D9"
LEAST_HEIGHT, PER_KIND = 150.0, 34.0
MEANINGS = {
    "source": ("kind the flow comes from", "来源"),
    "target": ("kind the flow goes to", "去向"),
    "value": ("amount of the flow", "数额"),
}


def sankey(
    sources: Sequence[str],
    targets: Sequence[str],
    amounts: ArrayLike,
    *,
    title: str,
    measure: str = "",
    unit: str = "",
    language: Language = "en",
) -> Chart:
    """Draw flows between kinds on the left and kinds on the right, as broad as their amounts.

    Parameters
    ----------
    sources, targets : sequence of str
        Kinds each flow comes from and goes to, in the language; equal pairs are summed.
    amounts : array_like of float
        Amounts of the flows; not negative, those that are NaN are left out and counted.
    title, measure, unit : str
        What the chart is of, what its numbers tell and in which unit, in the language.
    language : {"en", "zh"}
        Language of the words.

    Returns
    -------
    Chart
        The drawing of at most 12 kinds a side, the smaller ones taken together; its table holds every flow.

    Raises
    ------
    ParameterError
        If lengths differ, or amounts are negative, infinite or not numbers.

    Examples
    --------
    >>> sankey(["Maker"], ["Project"], [40], title="Hours", unit="h").alternative
    'Hours. Flows of 40 h from 1 to 1 kinds; the largest, 40 h, from Maker to Project.'
    """
    words = Words(title, measure, unit, language)
    starts = names("sources", sources)
    ends = names("targets", targets, len(starts))
    sizes = parts("amount", numbers("amounts", amounts, len(starts)), starts)
    table = data_table(MEANINGS, unit, source=starts, target=ends, value=sizes)
    known = np.where(np.isnan(sizes), 0.0, sizes)
    notes = words.more(int(np.isnan(sizes).sum()), "more_flows")
    if not known.any():
        return empty(words, table, notes)
    left, out_of = _largest(words, starts, known)
    right, into = _largest(words, ends, known)
    flows = np.zeros((len(left), len(right)))
    np.add.at(flows, (out_of, into), known)
    alternative = words.told(_alternative(words, left, right, flows, (len(set(starts)), len(set(ends)))), *notes)
    return framed(words, _body(words, left, right, flows, notes), alternative, table)


def _largest(words: Words, kinds: list[str], sizes: Numbers) -> tuple[list[str], NDArray[np.int64]]:
    """Kinds from the largest down, the small ones as one, and the place of every flow among them."""
    places = {kind: place for place, kind in enumerate(dict.fromkeys(kinds))}
    found = np.array([places[kind] for kind in kinds])
    totals = np.bincount(found, sizes, len(places))
    order = np.argsort(-totals, kind="stable")
    order = order[: np.count_nonzero(totals)]
    rank = np.zeros(len(places), dtype=np.int64)
    rank[order] = np.arange(len(order))
    named = [list(places)[place] for place in order.tolist()]
    if len(named) > SHOWN:
        others = words.said("others", count=f"{len(named) - SHOWN + 1:,}")
        named = [*named[: SHOWN - 1], others]
    return named, np.minimum(rank[found], len(named) - 1)


def _alternative(words: Words, left: list[str], right: list[str], flows: Numbers, counts: tuple[int, int]) -> str:
    source, target = divmod(int(flows.argmax()), len(right))
    return words.said(
        "sankey",
        title=words.title,
        total=words.amount(float(flows.sum())),
        left=f"{counts[0]:,}",
        right=f"{counts[1]:,}",
        most=words.amount(float(flows.max())),
        source=left[source],
        target=right[target],
    )


def _body(words: Words, left: list[str], right: list[str], flows: Numbers, notes: list[str]) -> Body:
    most = max(flows.shape)
    high = max(LEAST_HEIGHT, most * PER_KIND)
    broad = flows / float(flows.sum()) * (high - (most - 1) * GAP)
    from_posts = _Posts(left, flows.sum(axis=1), broad.sum(axis=1), high)
    to_posts = _Posts(right, flows.sum(axis=0), broad.sum(axis=0), high)
    start = MARGIN + from_posts.room(words) + POST
    end = WIDTH - MARGIN - to_posts.room(words) - POST
    ribbons: list[Element] = []
    out, into = from_posts.tops.copy(), to_posts.tops.copy()
    for source, target in np.argwhere(flows > 0).tolist():
        thick = float(broad[source, target])
        shape = _ribbon((start, end), (out[source], into[target]), thick)
        fill = COLOURS[source % len(COLOURS)]
        ribbon = element("path", d=shape, fill=fill, fill_opacity=0.45, stroke=fill, stroke_width=0.5)
        about = words.about(f"{left[source]} → {right[target]}", value=words.amount(float(flows[source, target])))
        ribbons.append(group(ribbon, title=about))
        out[source] += thick
        into[target] += thick
    fills = [COLOURS[place % len(COLOURS)] for place in range(len(left))]
    posts = [*from_posts.drawn(words, start - POST, fills), *to_posts.drawn(words, end, [NEUTRAL] * len(right))]
    return Body([*ribbons, *posts], high + 12, notes=notes)


class _Posts:
    """Posts of one side, one a kind, from the largest down in the middle of the height."""

    def __init__(self, kinds: list[str], totals: Numbers, heights: Numbers, high: float) -> None:
        self.kinds = kinds
        self.totals = totals
        self.heights = heights
        used = float(self.heights.sum()) + (len(kinds) - 1) * GAP
        self.tops: Numbers = np.cumsum(np.concatenate([[(high - used) / 2 + 6], self.heights[:-1] + GAP]))

    def room(self, words: Words) -> float:
        """Width of the widest name with its total, up to a limit."""
        named = zip(self.kinds, self.totals.tolist(), strict=True)
        widths = [text_width(kind) + text_width(_total(words, total), SMALL) for kind, total in named]
        return min(ROOM, max(widths) + 10)

    def drawn(self, words: Words, x: float, fills: Sequence[str]) -> list[Element]:
        """The posts, their names and totals outside."""
        outwards, anchor = (-7.0, "end") if x < WIDTH / 2 else (POST + 7, None)
        elements: list[Element] = []
        for place, (kind, fill) in enumerate(zip(self.kinds, fills, strict=True)):
            total, height, top = float(self.totals[place]), float(self.heights[place]), float(self.tops[place])
            said = _total(words, total)
            name = cut(kind, ROOM - 10 - text_width(said, SMALL))
            beside = element("tspan", said, font_size=SMALL, fill=GREY)
            at = {"x": x + outwards, "y": top + height / 2 + 5}
            text = element("text", name, beside, **at, font_size=TEXT, text_anchor=anchor, fill=BLACK)
            about = words.about(kind, value=words.amount(total))
            elements.append(group(rectangle(x, top, POST, height, fill, INK), text, title=about))
        return elements


def _total(words: Words, total: float) -> str:
    return f"\N{EN SPACE}{words.printed(total)}"


def _ribbon(across: tuple[float, float], tops: tuple[float, float], thick: float) -> str:
    """Path data of a flow from the right of one post to the left of another."""
    (x1, x2), (y1, y2) = across, tops
    bend = (x1 + x2) / 2
    there = f"M{short(x1)} {short(y1)}C{short(bend)} {short(y1)} {short(bend)} {short(y2)} {short(x2)} {short(y2)}"
    y1, y2 = y1 + thick, y2 + thick
    return f"{there}V{short(y2)}C{short(bend)} {short(y2)} {short(bend)} {short(y1)} {short(x1)} {short(y1)}Z"
