"""Quotes: every one that opens a cell must close it, for an open one swallows the rows after it in silence."""

import re

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.content import Mask
from ecograph.errors import LoadError
from ecograph.reading.places import place_of

STRIDE = 1 << 18  # bytes looked at together, few enough to stay in the processor's cache
QUOTE, NEWLINES = ord('"'), b"\r\n"


def check_quotes(content: pa.Buffer, file: str, separator: str) -> None:
    """Refuse a quote that is never closed, and text that goes on after a closing quote.

    Parameters
    ----------
    content : pyarrow.Buffer
        Text in UTF-8.
    file : str
        How errors call the file.
    separator : str
        What stands between cells.

    Raises
    ------
    LoadError
        If there is one.
    """
    if _alternate(np.frombuffer(content, np.uint8), separator):
        return
    mark = re.escape(separator.encode())
    quoted = rb'"(?:[^"]|"")*+"'
    cell = rb'(?:%b|[^"%b\r\n][^%b\r\n]*+|)(?:%b|\r\n?|\n|\Z)' % (quoted, mark, mark, mark)
    sound = re.match(b"(?:%b)*+" % cell, content)
    end = sound.end() if sound else 0
    if end == content.size:
        return
    place = place_of(content, end, file, separator)
    if re.compile(quoted).match(content, end):
        raise LoadError(f"{place}: the cell goes on after its closing quote; write a quote inside a cell twice")
    raise LoadError(f"{place}: a quote is opened and never closed; close it")


def _alternate(octets: NDArray[np.uint8], separator: str) -> bool:
    """Whether quotes open at the start of a cell and close at its end by turns: then no cell is in doubt.

    A quote inside a quoted cell is written twice and so closes the cell and opens it again.
    """
    edges = np.zeros(256, dtype=bool)
    edges[list(NEWLINES + separator.encode() + b'"')] = True
    inside = False
    for start in range(0, len(octets), STRIDE):
        found = octets[start : start + STRIDE] == QUOTE
        if not found.any():
            continue
        places = np.flatnonzero(found) + start
        opening, closing = places[inside::2], places[not inside :: 2]
        if not _at_edges(octets, opening - 1, edges) or not _at_edges(octets, closing + 1, edges):
            return False
        inside ^= bool(len(places) % 2)
    return not inside


def _at_edges(octets: NDArray[np.uint8], places: NDArray[np.int64], edges: Mask) -> bool:
    within = places[(places >= 0) & (places < len(octets))]
    return bool(edges[octets[within]].all())
