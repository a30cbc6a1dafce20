"""Whatever stands in names, ids, units and titles is shown as text and runs nothing."""

from collections import Counter
from functools import cache

import pytest

import ecograph as eg
from ecograph.ecosystem import Ecosystem
from ecograph.page.live import script
from tests.page.conftest import Made

ATTACKS = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'><b onmouseover='alert(1)'>",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{0} {name} {count}",
    "<!-- ",
    "]]><script>alert(1)</script>",
    "&lt;script&gt;",
    "javascript:alert(1)",
    "=HYPERLINK(1)",
    "<a href=javascript:alert(1)>x</a>",
    "<meta http-equiv=refresh content=0>",
    "</svg></figure><iframe src=//x>",
    "\u202e\u0007<i>",
]


BREAKS = [
    "",
    '">',
    "'>",
    "</td></tr></table>",
    "</script>",
    "-->",
    "</textarea></title>",
    "]]>",
    "\\u003c/script>",
    "`};",
]
RUNS = [
    "<script>document.ran=1</script>",
    "<img src=x onerror=document.ran=1>",
    "<svg/onload=document.ran=1>",
    "<iframe srcdoc='<script>top.document.ran=1</script>'></iframe>",
    "<details open ontoggle=document.ran=1>",
    "<input autofocus onfocus=document.ran=1>",
    "<style>@import'//x';</style><style onload=document.ran=1>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=document.ran=1>",
    "<object data=javascript:document.ran=1>",
    "${document.ran=1}{{constructor.constructor('document.ran=1')()}}",
]
HUNDRED = [before + run for before in BREAKS for run in RUNS]


@cache
def crowded(strings: tuple[str, ...]) -> Ecosystem:
    """An ecosystem in which every string is a name, an id, a unit and something the folder says of itself."""
    ids = [f"{string} {number}" for number, string in enumerate(strings)]
    transfers = {
        "source": ids,
        "target": [*ids[1:], ids[0]],
        "amount": [1.0] * len(ids),
        "unit": list(strings),
        "resource": [None] * len(ids),
    }
    eco = eg.from_tables({"Enterprise": {"id": ids, "name": list(strings)}}, {"TRANSFERS": transfers})
    said = "\n".join(strings)
    return Ecosystem(eco.content, eco.quality, dict.fromkeys(("title", "description", "source", "licence"), said))


def test_a_hundred_strings_are_text(made: Made) -> None:
    assert len(set(HUNDRED)) == 100
    page, plain = made(crowded(tuple(HUNDRED))), made(crowded(tuple(f"plain {number}" for number in range(100))))
    assert set(page.tags) == set(plain.tags)
    assert {(tag, name) for tag, name, _ in page.attributes} == {(tag, name) for tag, name, _ in plain.attributes}
    assert all(" ".join(string.split()) in page.text for string in HUNDRED)


@cache
def attacked(attack: str) -> Ecosystem:
    """An ecosystem that says the same thing everywhere."""
    ids = [f"{attack}{number}" for number in range(3)]
    nodes = {"Enterprise": {"id": ids, "name": [attack] * 3}, "University": {"id": ["u"], "name": [attack]}}
    transfers = {
        "source": [ids[0], ids[1], "u"],
        "target": [ids[1], ids[2], ids[0]],
        "amount": [1.0, 2.0, 3.0],
        "unit": [attack] * 3,
        attack: [attack] * 3,
    }
    eco = eg.from_tables(nodes, {"TRANSFERS": transfers, "COLLABORATES": {"source": [attack], "target": [ids[0]]}})
    manifest = dict.fromkeys(("title", "title_zh", "description", "source", "licence", "attribution"), attack)
    return Ecosystem(eco.content, eco.quality, manifest)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_it_is_text(made: Made, attack: str, language: str) -> None:
    page = made(attacked(attack), language=language)
    plain = made(attacked("plain"), language=language)
    assert Counter(page.outside) == Counter(plain.outside)
    assert set(page.tags) - {"title"} == set(plain.tags) - {"title"}
    assert {(tag, name) for tag, name, _ in page.attributes} == {(tag, name) for tag, name, _ in plain.attributes}
    assert [value for _, name, value in page.attributes if name == "href" and not value.startswith("#")] == ["data:,"]
    assert " ".join(attack.split()) in page.text


def test_names_of_kinds_and_relations_are_text(made: Made) -> None:
    kind, relation = "<script>alert(1)</script>", "<IMG_ONERROR>"
    schema = eg.Schema("foreign", [eg.NodeKind(kind)], [eg.RelationKind(relation, kind, kind)])
    eco = eg.from_tables({kind: {"id": ["a", "b"]}}, {relation: {"source": ["a"], "target": ["b"]}}, schema)
    page = made(eco)
    assert page.scripts[1:] == [script()]
    assert "img_onerror" not in page.tags
    assert kind in page.text


@cache
def platform_attacked(attack: str) -> Ecosystem:
    """A platform on which everything to act on says the same thing."""
    one, two, hub, thing = (f"{attack}{number}" for number in range(4))
    said = {"name": [attack]}
    nodes = {
        "Enterprise": {"id": [one], **said},
        "Project": {"id": [two], **said},
        "Makerspace": {"id": [hub], **said},
        "Resource": {"id": [thing], "category": ["space"], **said},
        "Agreement": {"id": [attack], **said},
        "PublicBody": {"id": ["bureau"], **said},
    }
    entry = {"target": [hub], "resource": [thing], "amount": [2.0], "unit": [attack], "valid_from": ["2024-01-01"]}
    moved = {
        "source": [one],
        "target": [two],
        "resource": [thing],
        "amount": [1.0],
        "unit": [attack],
        "at": ["2024-02-01"],
    }
    relations = {
        "DEMANDS": {"source": [two], **entry},
        "SUPPLIES": {"source": [one], **entry},
        "TRANSFERS": moved,
        "INCUBATES": {"source": [hub], "target": [two], "stage": ["0"], "valid_from": ["2024-01-01"]},
        "EVALUATES": {"source": ["p"], "target": [two], "at": ["2025-12-31"]},
        "TRACKS": {"source": ["p"], "target": [two], "valid_from": ["2024-01-01"], "valid_to": ["2024-03-01"]},
        "PARTY_TO": {"source": [one], "target": [attack]},
        "SUPERVISES": {"source": ["bureau"], "target": [attack]},
    }
    own = {"PARTY_TO": {"source": [one, "bureau"], "target": [attack] * 2}}
    return eg.from_tables(nodes | {"Professional": {"id": ["p"]}}, relations | own)


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_to_be_acted_on_is_text(made: Made, attack: str) -> None:
    page, plain = made(platform_attacked(attack)), made(platform_attacked("plain"))
    assert {"unmet", "matches", "idle", "stalled", "untracked", "supervision", "platforms"} <= set(page.report.sections)
    assert len(page.report.headlines) == 5
    assert all(
        " ".join(attack.split()) in headline for headline in map(" ".join, map(str.split, page.report.headlines))
    )
    assert Counter(page.outside) == Counter(plain.outside)
    assert set(page.tags) - {"title"} == set(plain.tags) - {"title"}
    assert {(tag, name) for tag, name, _ in page.attributes} == {(tag, name) for tag, name, _ in plain.attributes}
    assert " ".join(attack.split()) in page.text
