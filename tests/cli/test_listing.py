"""`ecograph list`: metrics as their files declare them, datasets, and the vocabulary in both languages."""

import pytest

from ecograph import datasets, registry
from ecograph.cli.catalogue import entries
from ecograph.cli.listing import HEADS, LISTS
from ecograph.innovation import SCHEMA
from tests.cli.calling import Call


def test_the_catalogue_reads_what_the_metrics_declare() -> None:
    found = list(entries())
    assert [entry.name for entry in found] == list(registry.names())
    for entry in found:
        measure = registry.metric(entry.name)
        assert (entry.summaries, entry.zh, entry.level) == (measure.summaries, measure.zh, measure.level)
        assert entry.views == tuple(view.__name__ for view in measure.views)
        assert entry.family == registry.families()[entry.name]


def test_metrics_are_the_default(call: Call) -> None:
    listed = call("list")
    assert listed == call("list", "metrics") and listed.code == 0
    row = next(line for line in listed.out.splitlines() if " pagerank " in line)
    assert row.split("  ")[0] == "centrality" and "网页排名" in row
    assert row.endswith("Share of time a random walker spends on each node.")
    chinese = next(line for line in call("list", "--language", "zh").out.splitlines() if " pagerank " in line)
    assert chinese.endswith("随机游走者停留在各节点的时间份额。")


@pytest.mark.parametrize("what", LISTS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_list_is_whole_in_both_languages(call: Call, what: str, language: str) -> None:
    outcome = call("list", what, "--language", language)
    assert outcome.code == 0
    heads, *rows = outcome.out.splitlines()
    assert heads.split() == [word for head in HEADS[what][language] for word in head.split()]  # type: ignore[index]
    expected = {
        "metrics": len(registry.names()),
        "datasets": len(datasets.names()),
        "kinds": len(SCHEMA.kinds),
        "relations": len(SCHEMA.relations),
    }
    assert len(rows) == expected[what]


def test_kinds_stand_under_their_parents_with_their_chinese_names(call: Call) -> None:
    rows = call("list", "kinds").out.splitlines()
    places = {row.split()[0]: len(row) - len(row.lstrip()) for row in rows[1:]}
    assert (places["Actor"], places["Person"], places["Maker"], places["Project"]) == (0, 2, 4, 0)
    for kind, row in zip(SCHEMA.kinds, rows[1:], strict=True):
        assert row.split()[:2] == [kind.name, kind.zh]


def test_relations_say_their_ends_in_the_language(call: Call) -> None:
    english, chinese = (call("list", "relations", "--language", language).out for language in ("en", "zh"))
    assert "TRANSFERS        资源流转    Actor, Market -> Actor, Project, Market" in english
    assert "COLLABORATES     合作        Actor - Actor" in english
    assert "主体, 市场 -> 主体, 项目, 市场" in chinese and "主体 - 主体" in chinese


def test_datasets_have_their_titles(call: Call) -> None:
    assert "florentine    Marriages between Florentine families" in call("list", "datasets").out
    assert "佛罗伦萨家族联姻" in call("list", "datasets", "--language", "zh").out
