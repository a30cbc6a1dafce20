"""Numbers as people read them, in English and Chinese."""

import math
import unicodedata
from collections.abc import Mapping, Sequence

from ecograph.charts.words import checked
from ecograph.table import Language

DASH = "–"
LADDERS: Mapping[Language, Sequence[tuple[float, str]]] = {
    "en": ((1e12, " tn"), (1e9, " bn"), (1e6, " M")),
    "zh": ((1e12, " 万亿"), (1e8, " 亿"), (1e4, " 万")),
}
LEAST_PLAIN, MOST_PLAIN = 1e-4, 1e16


def _rounded(value: float) -> float:
    """Three significant digits, and whole numbers kept whole."""
    return float(round(value)) if value >= 1000 else float(f"{value:.3g}")


def _plain(value: float) -> str:
    """Digits with separators and without trailing zeros."""
    return f"{_rounded(value):,.10f}".rstrip("0").rstrip(".")


def _rung(magnitude: float, language: Language) -> tuple[float, str]:
    """What to divide by, and the word for it: the greatest that leaves at least one after rounding."""
    ladder = LADDERS[language]
    if round(magnitude) < ladder[-1][0]:
        return 1.0, ""
    return next(((size, word) for size, word in ladder if _rounded(magnitude / size) >= 1), ladder[-1])


def _scientific(magnitude: float) -> str:
    digits, exponent = f"{magnitude:.2e}".split("e")
    raised = str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{digits.rstrip('0').rstrip('.')} × 10{raised}"


def number(value: float, language: Language = "en") -> str:
    """A number with three significant digits and the words people count in; a missing one is a dash.

    Parameters
    ----------
    value : float
        The number; NaN for a missing one.
    language : {"en", "zh"}
        Language.

    Returns
    -------
    str
        The number.

    Raises
    ------
    ParameterError
        If there is no such language.

    Examples
    --------
    >>> number(1_685_000_000), number(1_685_000_000, "zh"), number(12_345), number(12_345, "zh")
    ('1.69 bn', '16.9 亿', '12,345', '1.23 万')
    >>> number(-0.04567), number(float("nan"))
    ('−0.0457', '–')
    """
    checked(language)
    if math.isnan(value):
        return DASH
    sign, magnitude = ("−" if value < 0 else ""), abs(float(value))
    if math.isinf(magnitude):
        return f"{sign}∞"
    if magnitude >= MOST_PLAIN or 0 < magnitude < LEAST_PLAIN:
        return sign + _scientific(magnitude)
    size, word = _rung(magnitude, language)
    return f"{sign if magnitude else ''}{_plain(magnitude / size)}{word}"


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def quantity(value: float, unit: str, language: Language = "en") -> str:
    """A number with its unit, spaced as the language does; a missing one is a dash without a unit.

    Examples
    --------
    >>> quantity(1.685e9, "EUR"), quantity(1.685e9, "欧元", "zh"), quantity(12.5, "%")
    ('1.69 bn EUR', '16.9 亿欧元', '12.5%')
    """
    shown = number(value, language)
    if not unit or math.isnan(value):
        return shown
    joined = unit[0] in "%‰°" or (_wide(shown[-1]) and _wide(unit[0]))
    return f"{shown}{'' if joined else ' '}{unit}"


def alike(values: Sequence[float], step: float, language: Language = "en") -> list[str]:
    """Numbers of one axis: one word for all and as many decimals as the step between them needs.

    Examples
    --------
    >>> alike([0, 500_000, 1_000_000], 500_000)
    ['0', '0.5 M', '1 M']
    """
    greatest = max(map(abs, values))
    if greatest >= MOST_PLAIN or greatest < LEAST_PLAIN:
        return [number(value, language) for value in values]
    size, word = _rung(greatest, checked(language))
    decimals = next((count for count in range(12) if math.isclose(round(step / size, count) * size, step)), 12)
    texts = [f"{abs(value) / size:,.{decimals}f}" for value in values]
    whole = [text.rstrip("0").rstrip(".") if "." in text else text for text in texts]
    return [
        "0" if text == "0" else f"{'−' if value < 0 else ''}{text}{word}"
        for value, text in zip(values, whole, strict=True)
    ]
