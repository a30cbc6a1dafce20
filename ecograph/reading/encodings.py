"""Encodings: the bytes of a file become UTF-8, and nothing is guessed that the bytes do not show."""

import codecs
import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ecograph.errors import LoadError
from ecograph.reading.places import place_of
from ecograph.reading.separators import sniffed

STRIDE = 1 << 24  # bytes put into UTF-8 together
SAMPLE = 1 << 18  # bytes on either side of the first doubtful one that are looked at
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-16": "utf-16-le",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "latin-1": "latin-1",
}
ERRORS = {  # halves of surrogate pairs are kept so far
    "utf-8": "surrogatepass",
    "utf-16-le": "surrogatepass",
    "utf-16-be": "surrogatepass",
    "gb18030": "strict",
    "latin-1": "strict",
}
HALF = re.compile("[\ud800-\udfff]")
NEITHER = "the bytes are neither UTF-8 nor GB18030"
REMEDY = "save it as CSV UTF-8, or name its encoding in ecosystem.toml"


def to_utf8(content: pa.Buffer, file: str, encoding: str = "") -> tuple[pa.Buffer, str]:
    """Put the text of a file into UTF-8, without a byte-order mark.

    A byte-order mark decides; else the encoding that was named; else it is UTF-8, or GB18030 if the bytes are no UTF-8,
    are all sound in GB18030 and read as Chinese. Half of a surrogate pair, which no text has, becomes U+FFFD.

    Parameters
    ----------
    content : pyarrow.Buffer
        The bytes.
    file : str
        How errors call the file.
    encoding : str, optional
        One of ``ENCODINGS``, where somebody named it.

    Returns
    -------
    pyarrow.Buffer
        UTF-8.
    str
        The encoding that was assumed; empty if it was marked, named or UTF-8.

    Raises
    ------
    LoadError
        If a byte does not belong to the encoding.
    """
    head = content.slice(0, min(4, content.size)).to_pybytes()
    mark = next((mark for mark in MARKS if head.startswith(mark)), b"")
    content = content.slice(len(mark))
    known = MARKS.get(mark) or ENCODINGS.get(encoding, "")
    if known in ("", "utf-8") and _is_utf8(content):
        return content, ""
    if known:
        return _put(content, file, known, f"the bytes are not {known.upper()}"), ""
    try:
        return _transcoded(content, "utf-8"), ""
    except UnicodeDecodeError as error:
        broken = error.start
    if _reads_as_utf8(content, broken):
        raise _refused(content, file, "utf-8", broken, "the bytes are not UTF-8")
    if b"\0" in _sample(content, broken):
        raise LoadError(f"{file}: the bytes are UTF-16 without a mark, or no text at all; {REMEDY}")
    if not _reads_as_chinese(content, broken):
        raise _refused(content, file, "utf-8", broken, NEITHER)
    return _put(content, file, "gb18030", NEITHER), "GB18030"


def _is_utf8(content: pa.Buffer) -> bool:
    """Whether all bytes are UTF-8: looked at whole at once, as one text."""
    bounds = pa.py_buffer(np.array([0, content.size], dtype=np.int64))
    try:
        pc.cast(pa.Array.from_buffers(pa.large_binary(), 1, [None, bounds, content]), pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def _put(content: pa.Buffer, file: str, encoding: str, why: str) -> pa.Buffer:
    """The same text in UTF-8; refused where a byte is not of the encoding."""
    try:
        return _transcoded(content, encoding)
    except UnicodeDecodeError as error:
        raise _refused(content, file, encoding, error.start, why) from None


def _transcoded(content: pa.Buffer, encoding: str) -> pa.Buffer:
    """The same text in UTF-8; an error's ``start`` is the byte of the file."""
    decoder = codecs.getincrementaldecoder(encoding)(ERRORS[encoding])
    sink = pa.BufferOutputStream()
    for start in range(0, content.size, STRIDE):
        stop = min(start + STRIDE, content.size)
        try:
            text = decoder.decode(content.slice(start, stop - start).to_pybytes(), final=stop == content.size)
        except UnicodeDecodeError as error:
            error.start += stop - len(error.object)
            raise
        sink.write(HALF.sub("\ufffd", text).encode())
    return sink.getvalue()


def _sample(content: pa.Buffer, broken: int) -> bytes:
    start = max(0, broken - SAMPLE)
    return bytes(content.slice(start, min(2 * SAMPLE, content.size - start)).to_pybytes())


def _reads_as_utf8(content: pa.Buffer, broken: int) -> bool:
    """Whether more characters are sound in UTF-8 than broken: then it is damaged, and no other encoding."""
    text = _sample(content, broken).decode("utf-8", errors="replace")
    wrong = text.count("\ufffd")
    return sum(character > "\x7f" for character in text) > 2 * wrong


def _reads_as_chinese(content: pa.Buffer, broken: int) -> bool:
    """Whether bytes beyond ASCII mostly stand together, as in Chinese; the accents of Latin-1 mostly stand alone."""
    high = np.frombuffer(_sample(content, broken), np.uint8) > 0x7F
    together = np.append(high[1:], False) | np.append(False, high[:-1])
    text = _sample(content, broken).decode("gb18030", errors="ignore")
    return bool(2 * np.count_nonzero(high & together) > np.count_nonzero(high)) and bool(re.search("[一-鿿]", text))


def _refused(content: pa.Buffer, file: str, encoding: str, offset: int, why: str) -> LoadError:
    separator = sniffed(content, encoding)
    return LoadError(f"{place_of(content, offset, file, separator, encoding)}: {why}; {REMEDY}")
