"""The drawing that answers: which nodes it holds, that its data run nothing, and what stands where no script runs."""

import base64
import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import ecograph as eg
from ecograph.charts import layout, scene
from ecograph.ecosystem import Ecosystem
from ecograph.page.live import live, script
from ecograph.page.sections.drawing import DRAWN, chosen_nodes
from ecograph.page.wording import Wording
from tests.page.conftest import Made
from tests.page.reading import Reading
from tests.page.test_injection import ATTACKS, attacked

VENDOR = Path(eg.__file__).parent / "page" / "vendor"
HOSTILE = "</script><img src=x onerror=alert(1)>"


def drawn(page: Reading) -> dict[str, Any]:
    """What the script of a page is given."""
    data: dict[str, Any] = json.loads(page.scripts[0])
    return data


def counted(eco: Ecosystem) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """Neighbours of every node over all relations, by going through the rows one by one."""
    near: dict[tuple[str, str], set[tuple[str, str]]] = {
        (kind, id): set() for kind in eco.kinds for id in eco.nodes(kind)["id"]
    }
    for kind in eco.content.relations:
        for row in eco.relations(kind).rows():
            source, target = (row["source_kind"], row["source"]), (row["target_kind"], row["target"])
            if source != target:
                near[source].add(target)
                near[target].add(source)
    return near


def test_the_most_joined_are_chosen_and_equal_ones_by_place() -> None:
    assert chosen_nodes(np.array([0, 3, 1, 1, 5, 1]), most=4).tolist() == [1, 2, 3, 4]
    assert chosen_nodes(np.array([2, 0, 1, 0])).tolist() == [0, 2]
    assert chosen_nodes(np.zeros(3, np.int64)).tolist() == []
    assert len(chosen_nodes(np.ones(DRAWN + 1, np.int64))) == DRAWN == 2_000


def test_the_rule_is_kept_on_the_real_data(made: Made, cordis: Ecosystem) -> None:
    near = counted(cordis)
    order = {kind: place for place, kind in enumerate(cordis.kinds)}
    ranked = sorted(near, key=lambda node: (-len(near[node]), order[node[0]], node[1]))[:DRAWN]
    page = made(cordis)
    data = drawn(page)
    assert sorted(data["ids"]) == sorted(id for _, id in ranked)
    inside = set(ranked)
    ties = sum(len(near[node] & inside) for node in ranked) // 2
    every = sum(map(len, near.values())) // 2
    assert len(data["ends"]) == 2 * ties
    assert (
        f"Nodes drawn: 2,000 of 3,716, those with the most neighbours, at most 2,000, equal ones by kind and id; "
        f"nodes without a neighbour, not drawn: 0. Ties drawn: {ties:,} of {every:,};"
    ) in page.text


def test_nodes_without_a_neighbour_are_counted(made: Made, florentine: Ecosystem) -> None:
    page = made(florentine)
    assert len(drawn(page)["ids"]) == 15
    assert "Pucci" not in drawn(page)["names"]
    assert "Nodes drawn: 15 of 16," in page.text
    assert "not drawn: 1. Ties drawn: 20 of 20;" in page.text
    assert "画出节点 15 个，共 16 个" in made(florentine, language="zh").text


def test_every_tie_is_drawn_once(made: Made, harbour: Ecosystem) -> None:
    data = drawn(made(harbour))
    near = counted(harbour)
    ends = list(zip(data["ends"][::2], data["ends"][1::2], strict=True))
    assert len({frozenset(pair) for pair in ends}) == len(ends) == sum(map(len, near.values())) // 2
    neighbours = Counter(place for pair in ends for place in pair)
    ids = [id for _, id in near]
    assert len(set(ids)) == len(ids)
    assert {data["ids"][place]: count for place, count in neighbours.items()} == {
        id: len(others) for (_, id), others in near.items() if others
    }


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_legend_counts_kinds_that_differ_in_shape_and_colour(made: Made, harbour: Ecosystem, language: str) -> None:
    data = drawn(made(harbour, language=language))
    styles = Counter(data["styles"])
    assert [kind["count"] for kind in data["kinds"]] == [str(styles[style]) for style in range(len(styles))]
    looks = [(kind["colour"], str(kind["corners"])) for kind in data["kinds"]]
    assert len(set(looks)) == len(looks) == 17
    assert data["kinds"][0]["name"] == {"en": "Maker", "zh": "创客"}[language]
    for kind in data["kinds"]:
        x, y = np.array(kind["corners"]).T
        assert abs(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2 == pytest.approx(1, abs=0.01)


def test_it_stands_as_the_still_drawing_does(made: Made, florentine: Ecosystem) -> None:
    page = made(florentine)
    data = drawn(page)
    picture = page.html.split('id="drawing"')[1].partition("</section>")[0]
    middles = set(re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', picture))
    shown = np.array([(float(x), float(y)) for x, y in middles])
    for spot in zip(data["x"], data["y"], strict=True):
        assert abs(shown - spot).max(axis=1).min() < 0.06
    assert picture.count("<svg") == 1
    assert 'class="live" hidden' in picture


def test_names_of_persons_are_in_the_data_only_when_asked_for(made: Made, makerspace: Ecosystem) -> None:
    assert "m1" in drawn(made(makerspace))["names"]
    assert "Ada Lovelace" in drawn(made(makerspace, names=True))["names"]


@pytest.mark.parametrize("attack", [*ATTACKS, HOSTILE, "<!--<script>", "\u2028 \\ \" '"])
def test_hostile_names_stay_text(made: Made, attack: str) -> None:
    page = made(attacked(attack))
    data = drawn(page)
    assert {attack} == set(data["names"])
    assert f"{attack}1" in data["ids"]
    assert not re.search("[<>&']", page.scripts[0])
    assert page.scripts[1:] == [script()]


def test_the_policy_allows_the_script_of_the_page_and_no_other(made: Made, florentine: Ecosystem) -> None:
    page = made(florentine)
    policy = dict(directive.split(" ", 1) for directive in page.attribute("meta", "content").split("; "))
    digest = base64.b64encode(hashlib.sha256(page.scripts[1].encode()).digest()).decode()
    assert policy["script-src"] == f"'sha256-{digest}'"
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in str(policy)
    assert "blob:" not in str(policy)


def test_a_page_without_a_drawing_has_no_script(made: Made, empty: Ecosystem) -> None:
    page = made(empty)
    assert page.scripts == []
    assert "script-src 'none'" in page.html


def test_the_script_ends_where_it_ends() -> None:
    assert not re.search(r"</script|<!--|\r|\0|\ufeff", script(), re.IGNORECASE)


def test_vendored_files_are_what_their_source_says() -> None:
    said = dict(re.findall(r"\| `([0-9a-f]{64})` \| `(\S+)` \|", (VENDOR / "SOURCE.md").read_text()))
    assert {name: digest for digest, name in said.items()} == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*.js")
    }


def test_licences_stand_in_the_page(made: Made, florentine: Ecosystem) -> None:
    page = made(florentine)
    for path in VENDOR.glob("*.LICENSE.txt"):
        assert path.read_text(encoding="utf-8") in page.scripts[1]


def test_two_thousand_nodes_stay_small(cordis: Ecosystem) -> None:
    generator = np.random.default_rng(5)
    sources, targets = generator.integers(0, DRAWN, size=(2, 10_000))
    ids = [f"an id of twenty chars{place}" for place in range(DRAWN)]
    places = layout(DRAWN, sources, targets)
    data = live(
        scene(ids, ["Project"] * DRAWN, sources, targets, positions=places), ids, Wording(cordis, "en", names=False)
    )
    assert len(json.dumps(data)) < 300_000


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("data", ["harbour", "cordis"])
def test_the_page_stays_under_two_megabytes(
    made: Made, request: pytest.FixtureRequest, data: str, language: str
) -> None:
    assert len(made(request.getfixturevalue(data), language=language).html.encode()) < 2_000_000
