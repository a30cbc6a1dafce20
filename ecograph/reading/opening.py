"""Opening: the ending of a file's name says how it is read."""

from collections.abc import Callable
from pathlib import Path

from ecograph.quality import Finding
from ecograph.reading.arrow import read_arrow
from ecograph.reading.csv import read_csv
from ecograph.reading.limits import LIMITS, Limits
from ecograph.reading.parquet import read_parquet
from ecograph.reading.raw import Raw

Found = tuple[Raw, tuple[Finding, ...]]

TYPED: dict[str, Callable[..., Found]] = {
    ".parquet": read_parquet,
    ".arrow": read_arrow,
    ".arrows": read_arrow,
    ".feather": read_arrow,
}
ENDINGS = (".csv", ".tsv", ".txt", *TYPED)


def read_table(path: Path, file: str, *, encoding: str = "", separator: str = "", limits: Limits = LIMITS) -> Found:
    """Read a file whose name ends in one of ``ENDINGS``; encoding and separator are those of text."""
    reader = TYPED.get(path.suffix.lower())
    if reader is None:
        return read_csv(path, file, encoding=encoding, separator=separator, limits=limits)
    return reader(path, file, limits=limits)
