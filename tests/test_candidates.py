"""Candidates: pairs of names that are nearly the same, their scores and reasons; no pair is lost to the shortcuts."""

import time
from collections import Counter
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.ecosystem.candidates import candidates
from ecograph.ecosystem.likeness import WINDOW, edits, near, scores
from ecograph.ecosystem.names import numbers, without_form, words
from ecograph.errors import ParameterError, UnknownNameError
from ecograph.text import subject

SAME, SPELLING, FORM, ORDER, NEAR = (
    subject("candidates")[code]["en"] for code in ("same", "spelling", "form", "order", "near")
)

names_of_words = st.lists(st.text("abc创客", min_size=1, max_size=5), min_size=1, max_size=4)


def firms(*names: str | None) -> eg.Ecosystem:
    return eg.from_tables(
        {"Enterprise": {"id": [f"{place:05}" for place in range(len(names))], "name": list(names)}}, {}
    )


def pair(one: str, other: str, least: float = 0.01) -> tuple[float, str] | None:
    """Score and reason of the only pair of two names."""
    found = list(candidates(firms(one, other), "Enterprise", least=least).rows())
    assert len(found) <= 1
    return (found[0]["score"], found[0]["reason"]) if found else None


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("ACME Ltd", "acme"),
        ("Acme Co., Ltd.", "acme"),
        ("Müller GmbH & Co. KG", "muller"),
        ("Société Générale S.A.", "societe generale"),
        ("Ærø Ølbryggeri A/S", "aero olbryggeri"),
        ("Straße 7 e. V.", "strasse 7"),
        ("Fabryka Łódź Sp. z o.o.", "fabryka lodz"),
        ("Eni S.p.A.", "eni"),
        ("ＡＣＭＥ　Ｂ．Ｖ．", "acme"),
        ("UAB Vilniaus vandenys", "vilniaus vandenys"),
        ("杭州创客科技有限公司", "杭州创客科技"),
        ("海尔集团股份有限公司", "海尔"),
        ("海尔（集团）有限责任公司", "海尔"),
        ("臺灣積體電路製造股份有限公司", "臺灣積體電路製造"),
        ("株式会社日立製作所", "日立製作所"),
        ("주식회사 카카오", "카카오"),
        ("３Ｍ中国有限公司", "3m中国"),
        ("Limited", "limited"),
        ("SA", "sa"),
        ("有限公司", "有限公司"),
        ("Limitless Ideas", "limitless ideas"),
        ("Zhejiang University", "zhejiang university"),
        ("――", ""),
    ],
)
def test_legal_forms_are_taken_off_the_normal_form(name: str, bare: str) -> None:
    assert " ".join(without_form(words(name))) == bare


@given(st.text(max_size=30))
def test_the_normal_form_of_a_normal_form_is_itself(name: str) -> None:
    read = words(name)
    assert words(" ".join(read)) == read
    assert without_form(without_form(read)) == without_form(read)
    assert bool(without_form(read)) == bool(read)


def test_numbers_are_figures_chinese_and_roman_ones() -> None:
    assert numbers(words("Hub 12, floor 3")) == ("12", "3")
    assert numbers(words("杭州市第一中学")) == ("一",)
    assert numbers(words("Université Paris VI")) == ("vi",)
    assert numbers(words("Vivid Mixers")) == ()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Acme", "Acme", (1.0, SAME)),
        ("Acme Tools", "ACME-TOOLS.", (1.0, SPELLING)),
        ("Café Zürich", "CAFE ZURICH", (1.0, SPELLING)),
        ("Acme Ltd", "ACME GmbH", (1.0, FORM)),
        ("海尔集团公司", "海尔股份有限公司", (1.0, FORM)),
        ("York University", "University, York", (1.0, ORDER)),
        ("Nocitech", "Novitech", (7 / 8, NEAR)),
        ("Ministry of Defence", "Ministry of Defense", (6 / 7, NEAR)),
        ("Schneider Electric España SA", "Schneider Electric", (17 / 23, NEAR)),
        ("杭州创客科技有限公司", "杭州创业科技公司", (5 / 6, NEAR)),
        ("Hub 12", "Hub 13", None),
        ("杭州市第一中学", "杭州市第二中学", None),
        ("Université Paris V", "Université Paris VI", None),
        ("Acme", "Acne", (3 / 4, NEAR)),
        ("Acme", "Zeta", None),
        ("--", "--", None),
    ],
)
def test_scores_and_reasons(one: str, other: str, expected: tuple[float, str] | None) -> None:
    assert pair(one, other) == expected
    assert pair(other, one) == expected


def test_words_that_both_have_make_no_two_names_alike() -> None:
    found = pair("Università degli Studi di Palermo", "Universita' degli Studi di Salerno")
    assert found == (5 / 7, NEAR)
    assert pair("Università degli Studi di Palermo", "Università degli Studi di Siena", 0.5) is None


def slow_edits(one: str, other: str) -> int:
    @cache
    def least(first: int, second: int) -> int:
        if not first or not second:
            return first + second
        replaced = least(first - 1, second - 1) + (one[first - 1] != other[second - 1])
        return min(replaced, least(first - 1, second) + 1, least(first, second - 1) + 1)

    return least(len(one), len(other))


def slow_score(one: list[str], other: list[str]) -> float:
    own = [list((Counter(first) - Counter(second)).elements()) for first, second in ((one, other), (other, one))]
    if not all(own):
        longest = max(len("".join(name)) for name in (one, other))
        return (longest - len("".join(own[0] + own[1]))) / longest
    standing = [_standing(name, rest) for name, rest in zip((one, other), own, strict=True)]
    longest = max(len("".join(name)) for name in standing)
    plain, sorted_ = (slow_edits(*("".join(order(name)) for name in standing)) for order in (list, sorted))
    return (longest - min(plain, sorted_)) / longest


def _standing(name: list[str], rest: list[str]) -> list[str]:
    """Of words that stand several times, the last ones are those the other name has not."""
    found = []
    for word in reversed(name):
        if word in rest:
            rest.remove(word)
            found.append(word)
    return found[::-1]


@given(
    st.lists(st.tuples(st.text("abc创", min_size=1, max_size=8), st.text("abc创", min_size=1, max_size=8)), max_size=8)
)
def test_edits_are_those_of_a_slow_twin(pairs: list[tuple[str, str]]) -> None:
    one, other = ([pair[side] for pair in pairs] for side in (0, 1))
    assert edits(one, other).tolist() == [slow_edits(*pair) for pair in pairs]


@given(st.lists(st.tuples(names_of_words, names_of_words), max_size=6))
def test_scores_are_those_of_a_slow_twin(pairs: list[tuple[list[str], list[str]]]) -> None:
    found = scores([one for one, _ in pairs], [other for _, other in pairs])
    assert found.tolist() == [slow_score(list(one), list(other)) for one, other in pairs]
    assert ((found >= 0) & (found <= 1)).all()


@given(st.lists(names_of_words, max_size=WINDOW, unique_by="".join), st.sampled_from([0.3, 0.6, 0.8, 1.0]))
def test_among_few_names_no_pair_is_missed(names: list[list[str]], least: float) -> None:
    one, other, found = near(names, least)
    pairs = {(i, j): slow_score(list(names[i]), list(names[j])) for j in range(len(names)) for i in range(j)}
    expected = {ends: score for ends, score in pairs.items() if score >= least}
    assert dict(zip(zip(one.tolist(), other.tolist(), strict=True), found.tolist(), strict=True)) == expected


def made_names(n: int, seed: int) -> list[str]:
    """Names of invented companies: English ones with a generic word, Chinese ones with a city and an industry."""
    random = np.random.default_rng(seed)
    syllables = [first + second for first in "bcdfghklmnprstvz" for second in "aeiou"]
    signs = [chr(code) for code in range(0x4E00, 0x5400) if not chr(code).isnumeric()]
    generic, forms = ["Technologies", "Systems", "Foods", "Energy"], ["GmbH", "Ltd", "S.A.", "B.V."]
    cities, industries = ["杭州", "上海", "北京", "深圳"], ["科技", "生物医药", "文化传媒"]
    picked = random.integers(0, 1 << 30, (n, 6))

    def one_of(options: list[str], number: Any) -> str:
        return options[number % len(options)]

    def made(row: Any) -> str:
        if row[0] % 2:
            sign = "".join(one_of(signs, number) for number in row[1:4])
            return f"{one_of(cities, row[4])}{sign}{one_of(industries, row[5])}有限公司"
        word = "".join(one_of(syllables, number) for number in row[1:4]).capitalize()
        return f"{word} {one_of(generic, row[4])} {one_of(forms, row[5])}"

    return [made(row) for row in picked]


def mistyped(name: str, random: np.random.Generator) -> str:
    """The name with one letter of its first six left out, replaced or put in."""
    place, turn = random.integers(0, 6), random.integers(0, 3)
    return name[:place] + ("", "x", "x")[turn] + name[place + (turn < 2) :]


def test_names_one_letter_apart_are_found_among_many() -> None:
    random = np.random.default_rng(7)
    names = made_names(6_000, seed=7)
    planted = random.choice(len(names), 300, replace=False).tolist()
    read = [without_form(words(name)) for name in [*names, *(mistyped(names[place], random) for place in planted)]]
    one, other, _ = near(read, 0.6)
    found = set(zip(one.tolist(), other.tolist(), strict=True))
    missed = [place for number, place in enumerate(planted) if (place, len(names) + number) not in found]
    assert missed == []


@pytest.mark.slow
def test_a_hundred_thousand_names_take_seconds() -> None:
    names = made_names(100_000, seed=1)
    eco = firms(*names, *names[:1_000], *["Acme Ltd"] * 5_000, *(f"Hub {number}" for number in range(5_000)))
    started = time.process_time()
    table = candidates(eco, "Enterprise")
    assert time.process_time() - started < 40
    assert int((table["score"] == 1).sum()) >= 1_000 + 4_999
    assert len(table) < len(names)


def test_of_several_with_one_form_each_is_paired_with_the_first() -> None:
    table = candidates(firms("Acme Ltd", "Zeta", "ACME", "Acme GmbH", "Acne"), "企业", least=0.7)
    assert [(row["a"], row["b"], row["score"]) for row in table.rows()] == [
        ("00000", "00002", 1.0),
        ("00000", "00003", 1.0),
        ("00000", "00004", 0.75),
    ]


def test_the_table_speaks_both_languages() -> None:
    table = candidates(firms("Acme Ltd", "ACME", "Acne"), "Enterprise", least=0.5)
    assert table.names == ("kind", "a", "b", "score", "reason")
    chinese = table.translated("zh")
    assert chinese.names == ("类型", "编号甲", "编号乙", "相似度", "理由")
    assert chinese["类型"].tolist() == ["企业", "企业"]
    assert chinese["理由"].tolist() == ["去掉公司组织形式后相同", "用字相近"]


def test_nodes_of_a_branch_are_compared_inside_their_leaf_kinds() -> None:
    nodes = {
        "Enterprise": {"id": ["1", "2"], "name": ["Acme", "Acme Ltd"]},
        "University": {"id": ["3"], "name": ["Acme"]},
    }
    nodes["Makerspace"] = {"id": ["9", "8"], "name": ["Harbour Lab", "Harbor Lab"]}
    eco = eg.from_tables(nodes, {})
    found = [tuple(row.values())[:3] for row in candidates(eco, "Organisation").rows()]
    assert found == [("Enterprise", "1", "2"), ("Makerspace", "8", "9")]
    assert eco == eg.from_tables(nodes, {})


def test_personal_names_are_compared_only_if_asked_for() -> None:
    eco = eg.from_tables({"Maker": {"id": ["1", "2", "3"], "name": ["Li Sa", "Li", "Sa Li"]}}, {})
    for kind in ("Maker", "Person", "主体"):
        with pytest.raises(ParameterError, match=r"names of .*Maker.* are personal; give names=True"):
            candidates(eco, kind)
    assert [tuple(row.values())[1:4] for row in candidates(eco, "Maker", names=True).rows()] == [("1", "3", 1.0)]


@pytest.mark.parametrize("names", [[], [None], ["Acme"], [None, "", "--"]])
def test_without_two_names_there_is_no_pair(names: list[str | None]) -> None:
    table = candidates(firms(*names), "Enterprise", least=0.1)
    assert len(table) == 0
    assert table.names == ("kind", "a", "b", "score", "reason")
    assert len(candidates(eg.from_tables({"Enterprise": {"id": ["1", "2"]}}, {}), "Enterprise")) == 0


def test_names_that_are_texts_are_compared_for_equality_only() -> None:
    text = "创客" * 100_000
    table = candidates(firms(text, text, text + "港", "Acme"), "Enterprise")
    assert [tuple(row.values())[1:3] for row in table.rows()] == [("00000", "00001")]


@pytest.mark.parametrize("least", [0, -1, 1.01, float("nan")])
def test_a_least_score_out_of_range_is_refused(least: float) -> None:
    with pytest.raises(ParameterError, match=r"least=.*; allowed: above 0, up to 1"):
        candidates(firms("Acme"), "Enterprise", least=least)
    with pytest.raises(UnknownNameError, match="Robot"):
        candidates(firms("Acme"), "Robot")


@given(st.permutations(range(8)))
def test_the_order_of_rows_says_nothing(order: list[int]) -> None:
    names = ["Acme", "Acme Ltd", "Acne", "ACME 2", "Zeta", "Acmé", "海尔集团", "海尔"]
    ids = [f"{place:02}" for place in range(len(names))]
    table = {"id": [ids[place] for place in order], "name": [names[place] for place in order]}
    expected = candidates(eg.from_tables({"Enterprise": {"id": ids, "name": names}}, {}), "Enterprise", least=0.5)
    assert candidates(eg.from_tables({"Enterprise": table}, {}), "Enterprise", least=0.5) == expected


def test_pairs_of_real_organisations_are_sensible() -> None:
    """Organisations of Horizon 2020: first those whose names differ in the legal form alone, then those in a letter."""
    eco = eg.dataset("cordis-h2020")
    called = {row["id"]: row["name"] for row in eco.nodes("Organisation").rows()}
    table = candidates(eco, "Organisation", least=0.85)
    found = [(called[row["a"]], called[row["b"]], row["reason"]) for row in table.rows()]
    assert len(found) == 14
    assert all(reason == FORM for _, _, reason in found[:11])
    assert ("STORENGY SAS", "STORENGY SA", FORM) in found
    assert ("NANOSCRIBE GMBH & CO KG", "NANOSCRIBE GMBH", FORM) in found
    assert found[11:] == [
        ("Nocitech ApS", "NOVITECH AS", NEAR),
        ("SENECIO LTD", "SENCIO BV", NEAR),
        ("MINISTRY OF DEFENCE", "MINISTRY OF DEFENSE", NEAR),
    ]
