"""Files: opened without being read, and refused where they are something else than their name says."""

import os
import re
import stat
from pathlib import Path

import pyarrow as pa

from ecograph.errors import LoadError
from ecograph.reading.limits import Limits

HEAD = 512
REMEDY = "open or unpack it and save each table as CSV UTF-8"
ZIP = "an Excel or LibreOffice workbook or another zip archive"
WEB = "a web page or XML, which some programs save under the name of a table"
FORMATS = {
    rb"PK(?:\x03\x04|\x05\x06|\x07\x08)": ZIP,
    rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Excel workbook",
    rb"\x1f\x8b": "a gzip archive",
    rb"BZh[1-9]1AY&SY": "a bzip2 archive",
    rb"\xfd7zXZ\x00|\x28\xb5\x2f\xfd": "a compressed archive",
    rb"7z\xbc\xaf\x27\x1c|Rar!\x1a\x07": "a compressed archive",
    rb"%PDF-": "a PDF document",
    rb"\{\\rtf": "a text document with formats",
    rb"SQLite format 3\x00": "a database",
    rb"PAR1[\x00-\x1f]": "a Parquet file, whose name should end in .parquet",
    rb"ARROW1\x00\x00": "an Arrow file, whose name should end in .arrow",
    rb"(?i:(?:\xef\xbb\xbf)?\s*<(?:html|!doctype|\?xml|table)\b)": WEB,
}
SEVERAL = re.compile(b"|".join(b"(%s)" % pattern for pattern in FORMATS))


def refused_ending(file: str, ending: str) -> LoadError:
    """Error for a file whose name ends in something that is not read."""
    return LoadError(f"{file}: {ending or 'no ending'} is not read; {REMEDY}")


def opened(path: Path, file: str, limits: Limits) -> pa.Buffer:
    """Bytes of a file of text, mapped and not read.

    Raises
    ------
    LoadError
        If it is no file, cannot be opened, is larger than allowed, or is a workbook, an archive or a document.
    """
    check_file(path, file, limits)
    try:
        content = pa.memory_map(str(path)).read_buffer() if path.stat().st_size else pa.allocate_buffer(0)
    except OSError as error:
        raise LoadError(f"{file}: cannot be read ({error.strerror or error}); check the file") from None
    if found := SEVERAL.match(content.slice(0, min(HEAD, content.size)).to_pybytes()):
        what = list(FORMATS.values())[(found.lastindex or 1) - 1]
        raise LoadError(f"{file}: it is {what}; {REMEDY}")
    return content


def check_file(path: Path, file: str, limits: Limits) -> None:
    """Refuse what is no regular file (a pipe would never end) or is larger than allowed.

    Raises
    ------
    LoadError
        If so.
    """
    found = status(path, file)
    if found is None or not stat.S_ISREG(found.st_mode):
        raise LoadError(f"{file}: cannot be read (it is no file); give a file of its own")
    limits.check("file_bytes", found.st_size, file)


def status(path: Path, file: str) -> os.stat_result | None:
    """What stands at a path; None if nothing does.

    Raises
    ------
    LoadError
        If it cannot be known: nobody gave the right to look, or the path is too long.
    """
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    except OSError as error:
        raise LoadError(
            f"{file}: cannot be read ({error.strerror or error}); check its path and your right to it"
        ) from None
