"""Cells: a column of any type becomes a column of the type its attribute has; what cannot is a mistake.

Whether a cell is sound depends on the cell alone, so a file may be split anywhere.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.content import Mask
from ecograph.reading.dates import MOMENT, to_moments
from ecograph.reading.kinds import choice
from ecograph.reading.masks import to_mask
from ecograph.reading.packed import UNITS, Cells, cells_of, is_packed, pieces
from ecograph.reading.raw import NUMERALS, Numerals
from ecograph.reading.texts import to_text, trimmed
from ecograph.schema import Attribute, Schema, Vocabulary

ARROW = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": MOMENT}
BEYOND = r"(?i:nan(?:\(\w*\))?|inf(?:inity)?)"
ALIKE = {" ": "[ \u00a0\u202f]", "'": "['\u2019]"}  # spaces that do not break a line, and the printer's apostrophe
TRUTHS = {"true": True, "1": True, "yes": True, "是": True, "false": False, "0": False, "no": False, "否": False}
EXACT = 2**53  # below it every whole number is itself in every file format


@dataclass(frozen=True, slots=True, eq=False)
class Mistake:
    """Cells that cannot be what their column holds: the code of the reason and the positions."""

    code: str
    picked: NDArray[np.int64]
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Cast:
    """Cells of the type their attribute has, missing where mistaken, and the mistakes."""

    cells: Cells
    mistakes: tuple[Mistake, ...] = ()


def arrow_type(attribute: Attribute) -> pa.DataType:
    """Type of the cells of an attribute; words of a vocabulary are text."""
    return pa.string() if attribute.vocabulary else ARROW[attribute.type]


def cast(cells: Cells, attribute: Attribute, schema: Schema, numerals: Numerals = NUMERALS) -> Cast:
    """Give cells the type of their attribute.

    Parameters
    ----------
    cells : pyarrow.Array or pyarrow.ChunkedArray
        Text or cells of any type; each word of a packed column is read once.
    attribute : Attribute
        What the column is.
    schema : Schema
        Where the attribute's vocabulary stands.
    numerals : Numerals, optional
        How text writes numbers.

    Returns
    -------
    Cast
        Text, int64, float64, bool or UTC timestamps; the text of a unit stays packed.
    """
    made = [(start, _piece(chunk, attribute, schema, numerals)) for start, chunk in pieces(cells)]
    found: dict[str, list[Mistake]] = {}
    for start, part in made:
        for mistake in part.mistakes:
            found.setdefault(mistake.code, []).append(replace(mistake, picked=mistake.picked + start))
    mistakes = (replace(same[0], picked=np.concatenate([one.picked for one in same])) for same in found.values())
    parts = [part.cells for _, part in made]
    kind = parts[0].type if parts else arrow_type(attribute)
    return Cast(parts[0] if len(parts) == 1 else pa.chunked_array(parts, kind), tuple(mistakes))


def _piece(chunk: pa.Array, attribute: Attribute, schema: Schema, numerals: Numerals) -> Cast:
    if not is_packed(chunk.type):
        return _cast(chunk, attribute, schema, numerals)
    made = _cast(chunk.dictionary, attribute, schema, numerals)
    mistakes = (replace(mistake, picked=cells_of(chunk, mistake.picked)) for mistake in made.mistakes)
    kept = tuple(mistake for mistake in mistakes if len(mistake.picked))
    if attribute.name in UNITS:
        return Cast(pa.DictionaryArray.from_arrays(chunk.indices, made.cells), kept)
    return Cast(made.cells.take(chunk.indices), kept)


def _cast(cells: pa.Array, attribute: Attribute, schema: Schema, numerals: Numerals) -> Cast:
    if attribute.vocabulary:
        return _words(trimmed(to_text(cells)), schema.vocabulary(attribute.vocabulary))
    if attribute.type == "text":
        return Cast(to_text(cells))
    typed, masks = _typed(cells, attribute, numerals)
    bounds = {"minimum": attribute.minimum, "maximum": attribute.maximum}
    details = {name: bound for name, bound in bounds.items() if bound is not None}
    found = ((code, np.flatnonzero(mask)) for code, mask in masks.items())
    return Cast(typed, tuple(Mistake(code, picked, details) for code, picked in found if len(picked)))


def _typed(cells: pa.Array, attribute: Attribute, numerals: Numerals) -> tuple[pa.Array, Mapping[str, Mask]]:
    if attribute.type == "date":
        return to_moments(cells)
    if attribute.type == "boolean":
        return _booleans(cells)
    return _numbers(cells, attribute, numerals)


def _booleans(cells: pa.Array) -> tuple[pa.Array, Mapping[str, Mask]]:
    if pa.types.is_boolean(cells.type):
        return cells, {}
    text = pc.utf8_lower(trimmed(to_text(cells)))
    found = pc.index_in(text, pa.array(list(TRUTHS)))
    bad = to_mask(pc.and_(text.is_valid(), found.is_null()))
    return pa.array(list(TRUTHS.values())).take(found), {"bad_boolean": bad}


def _numbers(cells: pa.Array, attribute: Attribute, numerals: Numerals) -> tuple[pa.Array, Mapping[str, Mask]]:
    values, bad = _floats(cells, numerals)
    given = to_mask(values.is_valid())
    numbers = values.to_numpy(zero_copy_only=False) + 0.0  # minus zero is zero
    finite = np.isfinite(numbers)
    code = f"bad_{attribute.type}"
    masks = {code: bad, "not_finite": given & ~finite}
    if attribute.type == "integer":
        masks[code] = bad | (finite & ((np.floor(numbers) != numbers) | (np.abs(numbers) >= EXACT)))
    sound = finite & ~masks[code]
    if attribute.minimum is not None:
        masks["below_minimum"] = sound & (numbers < attribute.minimum)
        sound &= ~masks["below_minimum"]
    if attribute.maximum is not None:
        masks["above_maximum"] = sound & (numbers > attribute.maximum)
        sound &= ~masks["above_maximum"]
    return pa.array(np.where(sound, numbers, 0), mask=~sound).cast(ARROW[attribute.type]), masks


def _floats(cells: pa.Array, numerals: Numerals) -> tuple[pa.Array, Mask]:
    """Numbers, not finite ones among them, and where text is no number."""
    if pa.types.is_integer(cells.type) or pa.types.is_floating(cells.type) or pa.types.is_decimal(cells.type):
        return pc.cast(cells, pa.float64(), safe=False), np.zeros(len(cells), dtype=bool)
    text = to_text(cells)
    if numerals == NUMERALS:
        try:
            return pc.cast(text, pa.float64()), np.zeros(len(cells), dtype=bool)
        except pa.ArrowInvalid:
            pass
    text = trimmed(text)
    mark = ALIKE.get(numerals.thousands, re.escape(numerals.thousands))
    regular = pc.fill_null(pc.match_substring_regex(text, _pattern(mark, re.escape(numerals.decimal))), False)
    plain = pc.replace_substring_regex(pc.if_else(regular, text, None), rf"^\+|{mark}" if mark else r"^\+", "")
    plain = pc.replace_substring(plain, numerals.decimal, ".")
    return pc.cast(plain, pa.float64()), to_mask(pc.and_(text.is_valid(), pc.invert(regular)))


def _pattern(mark: str, point: str) -> str:
    """What numbers look like, with this mark between groups of three digits and this point before the decimals."""
    whole = rf"(?:\d{{1,3}}(?:{mark}\d{{3}})+|\d+)" if mark else r"\d+"
    return rf"^[+-]?(?:(?:{whole}(?:{point}\d*)?|{point}\d+)(?:[eE][+-]?\d+)?|{BEYOND})$"


def _words(text: pa.Array, vocabulary: Vocabulary) -> Cast:
    names = vocabulary.names
    number = pc.index_in(text, pa.array(list(names), pa.string()))
    words = pa.array(list(names.values()), pa.string()).take(number)
    unknown = np.flatnonzero(to_mask(pc.and_(text.is_valid(), number.is_null())))
    if not len(unknown):
        return Cast(words)
    if not vocabulary.closed:
        return Cast(pc.coalesce(words, text), (Mistake("open_word", unknown, {"vocabulary": vocabulary.name}),))
    allowed = choice([word.name for word in vocabulary.words], [word.zh or word.name for word in vocabulary.words])
    return Cast(words, (Mistake("closed_word", unknown, allowed),))
