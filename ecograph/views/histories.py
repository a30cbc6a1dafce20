"""Histories: the states each target went through, one after the other, and from when to when it was in each."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.content import Content
from ecograph.errors import ParameterError, unknown
from ecograph.quality import Finding, Findings
from ecograph.views.records import EVER, NEVER, Days, Records, days_of
from ecograph.views.roles import column_of
from ecograph.views.view import recipe_of

Codes = NDArray[np.int64]


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Histories(Records):
    """One history for each target of a kind of spans: its states in order of time.

    Parameters
    ----------
    relation, state : str
        The relation kind, and its column that says the state.
    states : tuple of str
        The words of the column's vocabulary in their order, then others met, by name.
    targets : int64 (spans)
        Position of the target of each span; spans of one target stand together, in order of time.
    codes : int64 (spans)
        Number of the state; two neighbours of one target are never of the same state.
    starts, stops : int64 (spans)
        First day, and first day no longer, as days since 1970-01-01; ``NEVER`` where it is still so on the day.
    """

    relation: str
    state: str
    states: tuple[str, ...]
    targets: Codes
    codes: Codes
    starts: Days
    stops: Days

    @property
    def firsts(self) -> NDArray[np.bool_]:
        """Which spans are the first of their history."""
        return np.asarray(np.diff(self.targets, prepend=-1) != 0)

    @property
    def lasts(self) -> NDArray[np.bool_]:
        """Which spans are the last of their history."""
        return np.asarray(np.diff(self.targets, append=-1) != 0)

    @property
    def closed(self) -> NDArray[np.bool_]:
        """Which spans are over on the day."""
        return np.asarray(self.stops < NEVER)


def histories(
    content: Content,
    relation: str = "INCUBATES",
    *,
    state: str = "stage",
    day: str | None = None,
    today: date | None = None,
) -> Histories:
    """Make the history of each target of a relation kind.

    The door's text is at :meth:`ecograph.ecosystem.Ecosystem.histories`; ``today`` is the day it found.
    """
    kind = content.schema.relation(relation)
    if kind.time != "span":
        raise ParameterError(f"relation={kind.name}: its rows are moments; give a relation kind of spans")
    known = {one.name: one.vocabulary for one in kind.attributes}
    table = content.relations.get(kind.name)
    if state not in known and (table is None or state not in table.column_names):
        raise unknown(f"column of {kind.name}", state, known)
    words = content.schema.vocabulary(known[state]).words if known.get(state) else ()
    states, codes = _coded(content, kind.name, state, [word.name for word in words])
    last = NEVER if today is None else int(np.datetime64(today, "D").astype(np.int64))
    spans, findings = _told(content, kind.name, state, codes, last)
    return Histories(
        nodes=content.index,
        recipe=recipe_of("histories", content, (kind.name,), {"state": state, "day": day}),
        origin=content.origin,
        findings=Findings(findings),
        content=content,
        day=today,
        relation=kind.name,
        state=state,
        states=states,
        targets=spans.targets,
        codes=spans.codes,
        starts=spans.starts,
        stops=spans.stops,
    )


def _coded(content: Content, relation: str, state: str, words: list[str]) -> tuple[tuple[str, ...], Codes]:
    """The states, and the number of the state of each row; -1 where it has none."""
    if relation not in content.relations:
        return tuple(words), np.empty(0, np.int64)
    cells = column_of(content, relation, state).cast(pa.string())
    states = (*words, *sorted({word for word in cells.unique().to_pylist() if word is not None} - set(words)))
    found = pc.index_in(cells, pa.array(states, pa.string())).fill_null(-1)
    return states, np.where(cells.is_null(), -1, found).astype(np.int64)


@dataclass(frozen=True, eq=False)
class Spans:
    """What happened to whom from when to when, in the arrays of :class:`Histories`."""

    targets: Codes
    codes: Codes
    starts: Days
    stops: Days

    def of(self, rows: NDArray[np.integer] | NDArray[np.bool_]) -> "Spans":
        """Some of the spans, in this order."""
        return Spans(self.targets[rows], self.codes[rows], self.starts[rows], self.stops[rows])


def _told(content: Content, relation: str, state: str, codes: Codes, last: int) -> tuple[Spans, list[Finding]]:
    """Spans in order, equal neighbours joined, and what was left out or cut on the way."""
    table, targets = content.relations.get(relation), content.ends(relation)[1].astype(np.int64)
    nothing = np.empty(0, np.int64)
    starts = nothing if table is None else days_of(table, "valid_from", EVER)
    stops = nothing if table is None else days_of(table, "valid_to", NEVER)
    undated, stateless = starts == EVER, (starts > EVER) & (codes < 0)
    ahead = (codes >= 0) & (starts > last)
    rows = Spans(targets, codes, starts, np.where(stops > last, NEVER, stops)).of(~(undated | stateless | ahead))
    spans, cut = _parted(_joined(rows))
    file, day = f"relations/{relation}", str(np.datetime64(last, "D")) if last < NEVER else ""
    found = [
        Finding("missing_value", int(undated.sum()), file, column="valid_from"),
        Finding("missing_value", int(stateless.sum()), file, column=state),
        Finding("after_day", int(ahead.sum()), file, value=day),
        Finding("overlapping_spans", cut, file, column=state),
    ]
    return spans, [finding for finding in found if finding.count]


def _joined(rows: Spans) -> Spans:
    """Spans by target and first day, neighbours of one state as one."""
    ordered = rows.of(np.lexsort((rows.codes, rows.stops, rows.starts, rows.targets)))
    heads = (np.diff(ordered.targets, prepend=-1) != 0) | (np.diff(ordered.codes, prepend=-1) != 0)
    spans = ordered.of(heads)
    stops = np.full(len(spans.targets), EVER)
    np.maximum.at(stops, np.cumsum(heads) - 1, ordered.stops)
    return replace(spans, stops=stops)


def _parted(spans: Spans) -> tuple[Spans, int]:
    """Each span ends where the next one of its target begins, and how many had to be cut for that."""
    nexts = np.append(spans.starts[1:], NEVER)[: len(spans.starts)]
    over = (np.diff(spans.targets, append=-1) == 0) & (spans.stops > nexts)
    return replace(spans, stops=np.where(over, nexts, spans.stops)), int(over.sum())
