"""Dates: days and moments as microseconds in UTC; a day is its midnight.

A datetime needs a zone, unless it is midnight: that is how spreadsheets and frames write a day.
"""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.content import Mask
from ecograph.reading.masks import to_mask
from ecograph.reading.texts import trimmed

Whole = NDArray[np.int64]

MOMENT = pa.timestamp("us", "UTC")
DAY = 86_400_000_000
FIRST, END = -719_162, 2_932_897  # days from 0001-01-01 to 9999-12-31, which calendars everywhere hold
TICKS = {"s": 86_400, "ms": 86_400_000, "us": DAY, "ns": 1_000 * DAY}
PATTERN = (
    r"^(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
    r"(?:[T ](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.(?P<fraction>\d{1,9}))?)?"
    r" ?(?:(?P<utc>[Zz])|(?P<sign>[+-])(?P<ahead>\d{2}):?(?P<minutes_ahead>\d{2})?)?)?$"
)


def to_moments(cells: pa.Array) -> tuple[pa.Array, Mapping[str, Mask]]:
    """Read days and moments.

    Parameters
    ----------
    cells : pyarrow.Array
        Text, dates, timestamps; anything else is no date.

    Returns
    -------
    pyarrow.Array
        Timestamps in UTC; missing where a cell is missing or mistaken.
    mapping of str to array of bool
        Where cells are ``bad_date`` (no such day) or ``no_zone`` (a time of day without a zone).
    """
    if pa.types.is_string(cells.type):
        try:
            cells = pc.cast(cells, pa.date32())
        except pa.ArrowInvalid:
            return _each_once(cells)
    given = to_mask(cells.is_valid())
    if pa.types.is_date32(cells.type):
        ticks, zoned = 1, True
        values = cells.cast(pa.int32()).cast(pa.int64())
    elif pa.types.is_date64(cells.type) or pa.types.is_timestamp(cells.type):
        unit = "ms" if pa.types.is_date64(cells.type) else cells.type.unit
        ticks, zoned = TICKS[unit], pa.types.is_date64(cells.type) or cells.type.tz is not None
        values = cells.cast(pa.int64())
    else:
        return pa.nulls(len(cells), MOMENT), {"bad_date": given}
    return _scaled(pc.fill_null(values, 0).to_numpy(), given, ticks, zoned=zoned)


def _scaled(values: Whole, given: Mask, ticks: int, *, zoned: bool) -> tuple[pa.Array, Mapping[str, Mask]]:
    bad = given & ((values < FIRST * ticks) | (values >= END * ticks))
    no_zone = given & ~bad & (values % ticks != 0) & (not zoned)
    values = np.where(bad, 0, values)
    moments = values * (DAY // ticks) if ticks <= DAY else values // (ticks // DAY)
    return _moments(moments, given & ~bad & ~no_zone), {"bad_date": bad, "no_zone": no_zone}


def _moments(values: Whole, sound: Mask) -> pa.Array:
    return pa.array(np.where(sound, values, 0), mask=~sound).cast(pa.timestamp("us")).cast(MOMENT)


def _each_once(text: pa.Array) -> tuple[pa.Array, Mapping[str, Mask]]:
    """Read every different text once: tables hold few different days."""
    encoded = text.dictionary_encode()
    moments, masks = _from_text(trimmed(encoded.dictionary))
    codes = pc.fill_null(encoded.indices, -1).to_numpy()
    return moments.take(encoded.indices), {code: np.append(mask, False)[codes] for code, mask in masks.items()}


def _from_text(text: pa.Array) -> tuple[pa.Array, Mapping[str, Mask]]:
    found = pc.extract_regex(text, PATTERN)
    matched = to_mask(found.is_valid())
    parts = {name: pc.fill_null(pc.struct_field(found, name), "") for name in found.type.names}
    days, sound = _days(*(_whole(parts[name]) for name in ("year", "month", "day")))
    times, timely = _times(parts)
    ahead, zoned, placed = _ahead(parts)
    values = days * DAY + times - ahead
    sound &= matched & timely & placed & (values >= FIRST * DAY) & (values < END * DAY)
    no_zone = sound & ~zoned & (times != 0)
    bad = to_mask(text.is_valid()) & ~sound
    return _moments(values, sound & ~no_zone), {"bad_date": bad, "no_zone": no_zone}


def _whole(digits: pa.Array) -> Whole:
    """Numbers of digits; zero where there are none."""
    return np.asarray(pc.cast(pc.if_else(pc.equal(digits, ""), "0", digits), pa.int64()).to_numpy())


def _days(years: Whole, months: Whole, days: Whole) -> tuple[Whole, Mask]:
    """Days since 1970, and whether the calendar has them."""
    month = (np.clip(years, 1, 9999) - 1970) * 12 + np.clip(months, 1, 12) - 1
    first = month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    following = (month + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    sound = (years >= 1) & (months >= 1) & (months <= 12) & (days >= 1) & (days <= following - first)
    return first + days - 1, sound


def _times(parts: Mapping[str, pa.Array]) -> tuple[Whole, Mask]:
    hours, minutes, seconds = (_whole(parts[name]) for name in ("hour", "minute", "second"))
    fraction = _whole(pc.utf8_slice_codeunits(pc.utf8_rpad(parts["fraction"], 6, "0"), 0, 6))
    sound = (hours < 24) & (minutes < 60) & (seconds < 60)
    return ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + fraction, sound


def _ahead(parts: Mapping[str, pa.Array]) -> tuple[Whole, Mask, Mask]:
    """How far a zone is ahead of UTC, whether there is one, and whether a clock has it."""
    hours, minutes = _whole(parts["ahead"]), _whole(parts["minutes_ahead"])
    ahead = np.where(to_mask(pc.equal(parts["sign"], "-")), -1, 1) * (hours * 60 + minutes) * 60_000_000
    named = to_mask(pc.not_equal(parts["sign"], "")) | to_mask(pc.not_equal(parts["utc"], ""))
    return ahead, named, (hours < 24) & (minutes < 60)


def narrowed(moments: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    """Days, if every moment is a midnight; else as they are."""
    values = pc.fill_null(moments.cast(pa.int64()), 0).to_numpy(zero_copy_only=False)
    return moments.cast(pa.timestamp("us")).cast(pa.date32()) if not np.any(values % DAY) else moments
