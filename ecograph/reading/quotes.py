"""Quotes: every one that opens a cell must close it, for an open one swallows the rows after it in silence."""

import re

import numpy as np
import pyarrow as pa

from ecograph.errors import LoadError
from ecograph.kernels import quotes
from ecograph.reading.places import place_of


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
    if quotes.alternate(np.frombuffer(content, np.uint8), ord(separator)):
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
