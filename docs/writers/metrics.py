"""The pages of the metrics: one a metric, and the index of all by family, in English and in Chinese."""

import inspect
import re
from importlib import import_module
from itertools import groupby
from typing import Any, get_args

from ecograph import registry
from ecograph.cli.listing import WORDS
from ecograph.metric import VIEW_DOORS, VIEW_UNIT, Metric
from ecograph.table import Column
from writers.commands import MEASURE, example, shown
from writers.markdown import code, contents, escaped, from_rst, page, rst, table

INTRODUCTION = """
A metric is a function from a view to a tidy table. Each is called as `eg.NAME(view, …)` and stands below by its family,
with its Chinese term, what one row of its result is, and what it tells.
"""
INTRODUCTION_ZH = """
指标把视图变成一张整洁的表，用 `eg.名称(视图, …)` 调用。点击名称可看定义、公式和出处（英文）。
在命令行上，`ecograph list metrics --language zh` 给出同样的清单。
"""
HEADS_ZH = ("指标", "中文名", "视图", "每行", "说明")
ROWS = {
    "node": "one row a node",
    "relation": "one row a relation",
    "pair": "one row a pair of nodes",
    "group": "one row a group",
    "term": "one row a term of an equation",
    "whole": "one row in all",
}
READS = {"none": "none", "any": "whichever is given, one at most"}
UNITS = {VIEW_UNIT: "that of the view's amounts"}


def files() -> dict[str, str]:
    """A page a metric, and the indexes."""
    pages = {f"docs/reference/metrics/{name}.md": _page(registry.metric(name)) for name in registry.names()}
    return pages | {"docs/reference/metrics/index.md": _index(), "docs/zh/metrics.md": _index_zh()}


def _families() -> dict[str, list[Metric[..., Any]]]:
    families = groupby(registry.names(), key=lambda name: registry.families()[name])
    return {family: [registry.metric(name) for name in names] for family, names in families}


def _index() -> str:
    sections = [_family(family, metrics) for family, metrics in _families().items()]
    return page("Metrics", INTRODUCTION, *sections, contents(registry.names()))


def _index_zh() -> str:
    sections = [_family_zh(family, metrics) for family, metrics in _families().items()]
    return page("指标一览", INTRODUCTION_ZH, *sections)


def _family_zh(family: str, metrics: list[Metric[..., Any]]) -> str:
    rows = [
        (
            f"[`{one.name}`](../reference/metrics/{one.name}.md)",
            one.zh,
            "、".join(WORDS[view.__name__] for view in one.views),
            WORDS[one.level],
            escaped(one.summaries["zh"]),
        )
        for one in metrics
    ]
    return f"## {WORDS[family]}\n\n" + table(HEADS_ZH, rows)


def _family(family: str, metrics: list[Metric[..., Any]]) -> str:
    about = inspect.getdoc(import_module(f"ecograph.metrics.{family}")) or ""
    rows = [(f"[`{one.name}`]({one.name}.md)", one.zh, one.level, from_rst(one.summaries["en"])) for one in metrics]
    return f"## {family}\n\n{about}\n\n" + table(("metric", "Chinese", "level", "what it tells"), rows)


def _page(metric: Metric[..., Any]) -> str:
    source = "eco.slices(every=…)" if metric.follows else "eco"
    declared = [
        ("Family", f"[{registry.families()[metric.name]}](index.md)"),
        ("View", " or ".join(code(f"{source}.{VIEW_DOORS[view.__name__]}(…)") for view in metric.views)),
        ("Role it reads", READS.get(metric.reads) or code(f"{metric.reads}=")),
        ("Level", f"{metric.level}: {ROWS[metric.level]}"),
        ("Source", escaped(metric.source)),
        ("In Chinese", escaped(f"{metric.zh}：{metric.summaries['zh']}")),
    ]
    return page(
        f"{metric.name} {metric.zh}",
        "\n".join(f"- {what}: {words}" for what, words in declared),
        "## Columns\n\n" + _columns(metric),
        "## In Python",
        rst(f".. autofunction:: ecograph.{metric.name}{signature(metric)}"),
        f"## On the command line\n\n```console\n$ {example(metric.name)}\n```",
        shown((*MEASURE, metric.name)),
    )


def _columns(metric: Metric[..., Any]) -> str:
    rows = [
        (code(name), column.zh, escaped(column.meaning), UNITS.get(column.unit, column.unit), _bounds(column))
        for name, column in metric.columns.items()
    ]
    return table(("column", "Chinese", "meaning", "unit", "range"), rows)


def _bounds(column: Column) -> str:
    least, most = (f"{bound:,g}" if bound is not None else "" for bound in column.bounds)
    return f"{least} to {most}" if least and most else f"from {least}" if least else "any sign"


def signature(metric: Metric[..., Any]) -> str:
    """Signature as it stands in the source: names of types without their modules."""
    parameters = [one.replace(annotation=_Plain(_type(one.annotation))) for one in metric.signature.parameters.values()]
    return str(inspect.Signature(parameters, return_annotation=_Plain("Result")))


class _Plain:
    """A type that prints as its name."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def _type(annotation: Any) -> str:
    alias = next((word for word in getattr(annotation, "__metadata__", ()) if isinstance(word, str)), None)
    if alias:
        return alias.capitalize()
    text = annotation.__name__ if inspect.isclass(annotation) and not get_args(annotation) else str(annotation)
    return re.sub(r"\b[a-z_]\w*(?:\.\w+)*\.(\w+)", r"\1", text)
