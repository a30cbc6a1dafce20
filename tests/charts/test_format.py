"""Numbers as people read them."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.charts.format import alike, number, quantity
from ecograph.errors import ParameterError

RUNGS = {"tn": 1e12, "bn": 1e9, "M": 1e6, "万亿": 1e12, "亿": 1e8, "万": 1e4, "": 1.0}


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (0, "0", "0"),
        (-0.0, "0", "0"),
        (7, "7", "7"),
        (0.5, "0.5", "0.5"),
        (12.345, "12.3", "12.3"),
        (999.6, "1,000", "1,000"),
        (1234.5, "1,234", "1,234"),
        (9_996, "9,996", "9,996"),
        (9_999.6, "10,000", "1 万"),
        (12_345, "12,345", "1.23 万"),
        (999_600, "999,600", "100 万"),
        (999_999.7, "1 M", "100 万"),
        (1_500_000, "1.5 M", "150 万"),
        (12_345_678, "12.3 M", "1,235 万"),
        (99_999_999, "100 M", "1 亿"),
        (1_685_000_000, "1.69 bn", "16.9 亿"),
        (999_600_000, "1 bn", "10 亿"),
        (2.5e12, "2.5 tn", "2.5 万亿"),
        (-4_200_000, "−4.2 M", "−420 万"),
        (0.04567, "0.0457", "0.0457"),
        (0.00012, "0.00012", "0.00012"),
        (0.0000123, "1.23 × 10⁻⁵", "1.23 × 10⁻⁵"),
        (6.02e23, "6.02 × 10²³", "6.02 × 10²³"),
        (math.nan, "–", "–"),
        (math.inf, "∞", "∞"),
        (-math.inf, "−∞", "−∞"),
    ],
)
def test_number(value: float, english: str, chinese: str) -> None:
    assert number(value) == english
    assert number(value, "zh") == chinese


@pytest.mark.parametrize(
    ("unit", "english", "chinese"),
    [
        ("EUR", "1.69 bn EUR", "16.9 亿 EUR"),
        ("欧元", "1.69 bn 欧元", "16.9 亿欧元"),
        ("%", "1.69 bn%", "16.9 亿%"),
        ("", "1.69 bn", "16.9 亿"),
    ],
)
def test_quantity_is_spaced_as_the_language_does(unit: str, english: str, chinese: str) -> None:
    assert quantity(1_685_000_000, unit) == english
    assert quantity(1_685_000_000, unit, "zh") == chinese


def test_small_quantity_and_missing_one() -> None:
    assert quantity(350, "欧元", "zh") == "350 欧元"
    assert quantity(math.nan, "EUR") == "–"


def read(text: str) -> float:
    """The value a text stands for."""
    digits, word = re.fullmatch(r"(−?[\d,.]+)(?: (\D+))?", text).groups()
    return float(digits.replace(",", "").replace("−", "-")) * RUNGS[word or ""]


@given(st.floats(-1e15, 1e15).filter(lambda value: value == 0 or abs(value) >= 1e-4), st.sampled_from(["en", "zh"]))
def test_number_is_within_half_of_the_third_digit(value: float, language: str) -> None:
    assert read(number(value, language)) == pytest.approx(value, rel=0.00501)


@given(st.integers(0, 999_999))
def test_whole_numbers_below_a_million_are_exact_in_english(value: int) -> None:
    assert number(value) == f"{value:,}"


@given(
    st.integers(-50, 50),
    st.integers(2, 9),
    st.sampled_from([1, 2, 2.5, 5]),
    st.integers(-3, 11),
    st.sampled_from(["en", "zh"]),
)
def test_ticks_of_one_axis_differ_and_share_their_word(
    first: int, count: int, nice: float, power: int, language: str
) -> None:
    step = nice * 10.0**power
    values = [(first + place) * step for place in range(count)]
    texts = alike(values, step, language)
    assert len(set(texts)) == count
    for text, value in zip(texts, values, strict=True):
        assert read(text) == pytest.approx(value, rel=1e-9, abs=step * 1e-6)
    assert len({text.partition(" ")[2] for text in texts if text != "0"}) == 1


def test_unknown_language() -> None:
    with pytest.raises(ParameterError, match="language='fr'; allowed: en, zh"):
        number(1, "fr")
    with pytest.raises(ParameterError, match="language='fr'; allowed: en, zh"):
        alike([0, 1], 1, "fr")
