"""What a load must give, told row by row with dictionaries: the slow twin of `ecograph.reading.assemble`.

Tables are lists of dictionaries of text under English headings; a missing or empty cell is None.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from itertools import pairwise
from typing import Any

from ecograph.schema import Attribute, Schema

Row = dict[str, Any]
Node = tuple[str, str]

DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
TIME = re.compile(r"[T ](\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)? ?(Z|z|[+-]\d\d(?::?\d\d)?)?")
ENDS = ("source_kind", "source", "target_kind", "target")
OWN_DATES = ("valid_from", "valid_to", "at")


class Loaded:
    """Nodes by leaf kind and id, relation rows in order, and how often each code was found."""

    def __init__(self, schema: Schema, nodes: Mapping[str, list[Row]], relations: Mapping[str, list[Row]]) -> None:
        self.schema = schema
        self.counts: Counter[str] = Counter()
        self.nodes: dict[str, dict[str, Row]] = {}
        self._load_nodes(nodes)
        self.leaves_of: dict[str, list[str]] = {}
        for leaf in schema.leaves():
            for node in self.nodes.get(leaf, ()):
                self.leaves_of.setdefault(node, []).append(leaf)
        for leaf, rows in self.nodes.items():
            for row in rows.values():
                self._check_references(row, schema.node_columns(leaf))
        self.relations = {kind: self._load_relation(kind, rows) for kind, rows in relations.items()}

    def _load_nodes(self, nodes: Mapping[str, list[Row]]) -> None:
        by_branch: dict[str, dict[str, list[tuple[str, Row]]]] = {}
        for leaf in self.schema.leaves():
            if leaf in nodes:
                self.nodes[leaf] = {}
            for given in nodes.get(leaf, ()):
                row = self._cells(given, self.schema.node_columns(leaf))
                if row is None:
                    continue
                blank, wrong = not (row.get("id") or "").strip(), self._ends_before_start(row)
                self.counts["blank_id"] += blank
                if not blank and not wrong:
                    by_branch.setdefault(self.schema.branch(leaf), {}).setdefault(row["id"], []).append((leaf, row))
        for branch in by_branch.values():
            for name, rows in branch.items():
                leaf, kept = min(rows, key=lambda item: (self.schema.leaves().index(item[0]), ranked(item[1])))
                equal = sum(other == leaf and ranked(row) == ranked(kept) for other, row in rows) - 1
                self.counts["equal_rows"] += equal
                self.counts["duplicate_id"] += len(rows) - 1 - equal
                self.nodes[leaf][name] = kept

    def _cells(self, given: Row, columns: Iterable[Attribute]) -> Row | None:
        """Typed cells; None if the row is left out or has no cell at all."""
        if not any(given.values()):
            return None
        known = {column.name: column for column in columns}
        row: Row = {}
        usable = True
        for name, text in given.items():
            if name not in known:
                self.counts["unknown_column"] += 1
                row[name] = text or None
                continue
            value, code = cell(text, known[name], self.schema)
            if code:
                self.counts[code] += 1
                usable = usable and name not in OWN_DATES
            row[name] = value
        return row if usable else None

    def _ends_before_start(self, row: Row) -> bool:
        start, end = row.get("valid_from"), row.get("valid_to")
        wrong = start is not None and end is not None and end <= start
        self.counts["ends_before_start"] += wrong
        return wrong

    def _check_references(self, row: Row, columns: Iterable[Attribute]) -> None:
        for column in columns:
            if column.ref and row.get(column.name) is not None:
                allowed = self.schema.leaves(column.ref)
                found = [leaf for leaf in self.leaves_of.get(row[column.name], ()) if leaf in allowed]
                if len(found) != 1:
                    self.counts["ambiguous_reference" if found else "unknown_reference"] += 1
                    row[column.name] = None

    def _load_relation(self, kind: str, given: list[Row]) -> list[Row]:
        relation = self.schema.relation(kind)
        columns = self.schema.relation_columns(kind)
        rows = []
        for cells in given:
            row = self._cells(cells, columns)
            if row is None:
                continue
            ends = self._ends(relation, row)
            own = ends is not None and ends[0] == ends[1] and not relation.self_ties
            self.counts["self_tie"] += own
            wrong = self._ends_before_start(row)
            if ends is None or own or wrong:
                continue
            row = {name: value for name, value in row.items() if name not in ENDS}
            self._check_references(row, columns)
            rows.append({"source": ends[0], "target": ends[1], **row})
        rows = self._one_each_key(rows)
        if {"amount", "unit"} <= {attribute.name for attribute in relation.attributes}:
            self.counts["no_unit"] += sum((row.get("amount") or 0) > 0 and row.get("unit") is None for row in rows)
        return self._in_order(rows)

    def _possible(self, row: Row, end: str, leaves: Iterable[str]) -> list[str]:
        stated = self._stated(row, end)
        found = self.leaves_of.get(row[end] or "", ())
        return [leaf for leaf in found if leaf in leaves and (stated is None or leaf in stated)]

    def _stated(self, row: Row, end: str) -> tuple[str, ...] | None:
        word = (row.get(f"{end}_kind") or "").strip()
        if not word:
            return None
        kinds = [kind.name for kind in self.schema.kinds if word in (kind.name, kind.zh)]
        return self.schema.leaves(kinds[0]) if kinds else ()

    def _ends(self, relation: Any, row: Row) -> tuple[Node, Node] | None:
        sources, targets = self.schema.leaves(*relation.sources), self.schema.leaves(*relation.targets)
        ways = [(sources, targets)] if relation.directed else [(sources, targets), (targets, sources)]
        pairs = {
            ((one, row["source"]), (other, row["target"]))
            for way in ways
            for one in self._possible(row, "source", way[0])
            for other in self._possible(row, "target", way[1])
        }
        if len(pairs) == 1:
            pair = pairs.pop()
            return pair if relation.directed else tuple(sorted(pair, key=self._position))  # type: ignore[return-value]
        legal = (sources, targets) if relation.directed else ((*sources, *targets),) * 2
        sound = [self._explain(row, end, leaves) for end, leaves in zip(("source", "target"), legal, strict=True)]
        self.counts["illegal_end"] += all(sound)
        return None

    def _explain(self, row: Row, end: str, leaves: Iterable[str]) -> bool:
        possible = self._possible(row, end, leaves)
        if len(possible) == 1:
            return True
        if self._stated(row, end) == ():
            code = "unknown_kind"
        elif possible:
            code = "ambiguous_end"
        elif not (row[end] or "").strip():
            code = "blank_end"
        else:
            code = "illegal_end" if self._possible(row, end, self.schema.leaves()) else "unknown_end"
        self.counts[code] += 1
        return False

    def _position(self, node: Node) -> tuple[int, str]:
        return self.schema.leaves().index(node[0]), node[1]

    def _ranked(self, row: Row) -> Any:
        rest = {name: value for name, value in row.items() if name not in ("source", "target")}
        return self._position(row["source"]), self._position(row["target"]), ranked(rest)

    def _one_each_key(self, rows: list[Row]) -> list[Row]:
        for row in rows:
            if "key" in row and not (row["key"] or "").strip():
                row["key"] = None
        keys = {row.get("key") for row in rows} - {None}
        if not keys:
            return [{name: value for name, value in row.items() if name != "key"} for row in rows]
        kept = [row for row in rows if row.get("key") is None]
        self.counts["blank_key"] += len(kept)
        for key in keys:
            same = sorted((row for row in rows if row.get("key") == key), key=self._ranked)
            equal = sum(row == same[0] for row in same) - 1
            self.counts["equal_rows"] += equal
            self.counts["duplicate_key"] += len(same) - 1 - equal
            kept.append(same[0])
        return kept

    def _in_order(self, rows: list[Row]) -> list[Row]:
        if rows and all(row.get("key") is not None for row in rows):
            return sorted(rows, key=lambda row: row["key"])
        rows = sorted(rows, key=self._ranked)
        for row, following in pairwise(rows):
            self.counts["equal_rows"] += self._ranked(row) == self._ranked(following)
        return rows


def ranked(row: Row) -> list[Any]:
    """What rows are ordered by: columns by name, a missing cell before any other."""
    return [(row[name] is not None, row[name] if row[name] is not None else 0) for name in sorted(row)]


def cell(text: str | None, column: Attribute, schema: Schema) -> tuple[Any, str]:
    """Value of a cell and the code of what is wrong with it."""
    if not text:
        return None, ""
    if column.vocabulary:
        return word(text.strip(), schema.vocabulary(column.vocabulary))
    if column.type == "text":
        return text, ""
    text = text.strip()
    if not text:
        return None, ""
    if column.type == "boolean":
        truth = {"true": True, "1": True, "yes": True, "是": True, "false": False, "0": False, "no": False, "否": False}
        return (truth[text.lower()], "") if text.lower() in truth else (None, "bad_boolean")
    return moment(text) if column.type == "date" else number(text, column)


def word(text: str, vocabulary: Any) -> tuple[str | None, str]:
    """English word of a spelling."""
    if not text:
        return None, ""
    if text in vocabulary.names:
        return vocabulary.names[text], ""
    return (None, "closed_word") if vocabulary.closed else (text, "open_word")


def number(text: str, column: Attribute) -> tuple[float | int | None, str]:
    """A number with a decimal point."""
    try:
        value = float(text) if re.fullmatch(r"[\w.+-]+", text, re.ASCII) and "_" not in text else None
    except ValueError:
        value = None
    if value is None:
        return None, f"bad_{column.type}"
    if not math.isfinite(value):
        return None, "not_finite"
    if column.type == "integer" and (value != int(value) or abs(value) >= 2**53):
        return None, "bad_integer"
    if column.minimum is not None and value < column.minimum:
        return None, "below_minimum"
    return (int(value) if column.type == "integer" else value), ""


def moment(text: str) -> tuple[datetime | None, str]:
    """A day as its midnight in UTC, or a datetime in UTC."""
    found = DAY.match(text)
    time = TIME.fullmatch(text[found.end() :]) if found and found.end() < len(text) else None
    if not found or (found.end() < len(text) and not time):
        return None, "bad_date"
    hour, minute, second, fraction, zone = time.groups() if time else ("0", "0", "0", "", "")
    try:
        day = date(*(int(part) for part in found.groups()))
        micro = int((fraction or "").ljust(6, "0")[:6])
        value = datetime(day.year, day.month, day.day, int(hour), int(minute), int(second or 0), micro, tzinfo=UTC)
        if zone and zone not in "Zz":
            ahead = time_of_day(int(zone[1:3]), int(zone[3:].lstrip(":") or 0))
            value -= timedelta(hours=ahead.hour, minutes=ahead.minute) * (1 if zone[0] == "+" else -1)
    except (ValueError, OverflowError):
        return None, "bad_date"
    midnight = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
    return (value, "") if zone or midnight else (None, "no_zone")
