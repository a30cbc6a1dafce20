"""List: what there is to measure, and to measure with."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ecograph.cli.output import LanguageOption, Tongue, aligned, say

if TYPE_CHECKING:
    from ecograph.schema import Attribute, RelationKind

EXAMPLE = "Example: ecograph list relations --language zh"
INDENT = "  "

What = Literal["metrics", "datasets", "kinds", "relations"]
WhatArgument = Annotated[What, typer.Argument(metavar="WHAT", help="metrics, datasets, kinds or relations.")]

HEADS: Mapping[What, Mapping[Tongue, Sequence[str]]] = {
    "metrics": {
        "en": ("family", "metric", "中文", "level", "view", "what it tells"),
        "zh": ("类别", "指标", "中文", "层级", "视图", "说明"),
    },
    "datasets": {"en": ("dataset", "title"), "zh": ("数据集", "标题")},
    "kinds": {"en": ("kind", "中文", "attributes"), "zh": ("类型", "英文", "属性")},
    "relations": {
        "en": ("relation", "中文", "ends", "time", "attributes"),
        "zh": ("关系", "英文", "端点", "时间", "属性"),
    },
}
WORDS = {
    "centrality": "中心性",
    "community": "社群",
    "docking": "对接",
    "evaluation": "评价",
    "incubation": "孵化",
    "platform": "平台",
    "flow": "资源流动",
    "knowledge": "知识",
    "structure": "结构",
    "twosided": "双边",
    "node": "节点",
    "relation": "关系",
    "pair": "节点对",
    "group": "组",
    "term": "项",
    "whole": "整体",
    "Network": "网络",
    "TwoMode": "二模视图",
    "Flows": "流量视图",
    "Records": "记录视图",
    "Ledger": "对接台账",
    "Histories": "历程视图",
    "Panel": "面板视图",
    "span": "时段",
    "moment": "时点",
    "none": "无",
}


def listing(what: WhatArgument = "metrics", *, language: LanguageOption = "en") -> None:
    """List the metrics, the datasets, or the kinds and relations of the innovation schema.

    Kinds and relations may be written by either name, in data and in options.
    """
    say(aligned([HEADS[what][language], *LISTS[what](language)]))


def _word(name: str, language: Tongue) -> str:
    return WORDS[name] if language == "zh" else name


def _metrics(language: Tongue) -> Iterator[Sequence[str]]:
    from ecograph.cli.catalogue import entries

    for entry in entries():
        views = ", ".join(_word(view, language) for view in entry.views)
        family, level = _word(entry.family, language), _word(entry.level, language)
        yield family, entry.name, entry.zh, level, views, entry.summaries[language]


def _datasets(language: Tongue) -> Iterator[Sequence[str]]:
    from ecograph import datasets

    for name in datasets.names():
        manifest = tomllib.loads((datasets.folder(name) / "ecosystem.toml").read_text(encoding="utf-8"))
        yield name, str(manifest.get(f"title_{language}", manifest.get("title", "")))


def _kinds(language: Tongue) -> Iterator[Sequence[str]]:
    from ecograph.innovation import SCHEMA

    for kind in SCHEMA.kinds:
        indent = INDENT * (len(SCHEMA.ancestry(kind.name)) - 1)
        first, second = (kind.zh, kind.name) if language == "zh" else (kind.name, kind.zh)
        yield indent + first, second, _attributes(kind.attributes, language)


def _relations(language: Tongue) -> Iterator[Sequence[str]]:
    from ecograph.innovation import SCHEMA

    for kind in SCHEMA.relations:
        first, second = (kind.zh, kind.name) if language == "zh" else (kind.name, kind.zh)
        time = _word(kind.time, language)
        yield first, second, _ends(kind, language), time, _attributes(kind.attributes, language)


def _ends(relation: "RelationKind", language: Tongue) -> str:
    from ecograph.innovation import SCHEMA

    named = [
        ", ".join(SCHEMA.kind(name).zh if language == "zh" else name for name in ends)
        for ends in (relation.sources, relation.targets)
    ]
    return (" -> " if relation.directed else " - ").join(named)


def _attributes(attributes: Sequence["Attribute"], language: Tongue) -> str:
    return ", ".join((one.zh if language == "zh" else "") or one.name for one in attributes)


LISTS: Mapping[What, Callable[[Tongue], Iterator[Sequence[str]]]] = {
    "metrics": _metrics,
    "datasets": _datasets,
    "kinds": _kinds,
    "relations": _relations,
}
