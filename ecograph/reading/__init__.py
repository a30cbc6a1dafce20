"""Reading: files and frames become checked tables, and what is wrong with them becomes findings.

A :class:`Raw` table comes from :func:`read_csv`, from :func:`read_parquet` or from a frame; :func:`assemble` makes one
content of many of them. What comes out does not depend on the order of rows, on the format, nor on how rows are spread
over files.
"""

from ecograph.reading.assemble import assemble
from ecograph.reading.csv import read_csv
from ecograph.reading.encodings import ENCODINGS
from ecograph.reading.files import refused_ending, status
from ecograph.reading.headings import declared
from ecograph.reading.limits import Limits
from ecograph.reading.opening import ENDINGS, read_table
from ecograph.reading.parquet import read_parquet
from ecograph.reading.raw import Numerals, Raw, Waiting

__all__ = [
    "ENCODINGS",
    "ENDINGS",
    "Limits",
    "Numerals",
    "Raw",
    "Waiting",
    "assemble",
    "declared",
    "read_csv",
    "read_parquet",
    "read_table",
    "refused_ending",
    "status",
]
