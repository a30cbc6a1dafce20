"""Sentences of the charts, English and Chinese side by side."""

from collections.abc import Mapping

from ecograph.errors import ParameterError, unknown
from ecograph.table import Language

LANGUAGES: tuple[Language, ...] = ("en", "zh")

WORDS: Mapping[str, Mapping[Language, str]] = {
    "nothing": {"en": "Nothing to show: no values were given.", "zh": "没有数据可显示。"},
    "valueless": {"en": "no value", "zh": "无数值"},
    "more": {"en": "and {count} more", "zh": "另有 {count} 项未显示"},
    "more_rows": {"en": "Rows not shown: {count}", "zh": "另有 {count} 行未显示"},
    "more_columns": {"en": "Columns not shown: {count}", "zh": "另有 {count} 列未显示"},
    "more_flows": {"en": "Flows without an amount, left out: {count}.", "zh": "已略去 {count} 条无数额的流量。"},
    "others": {"en": "{count} others", "zh": "其余 {count} 类"},
    "places": {"en": "{count} places", "zh": "{count} 处"},
    "missing": {"en": "{dash} {reason}: {where}", "zh": "{dash} {reason}：{where}"},
    "area": {"en": "Area: {measure}", "zh": "面积：{measure}"},
    "named_by_value": {
        "en": "Named: {shown} of {count} nodes, those with the highest values that leave room.",
        "zh": "共 {count} 个节点，按数值从高到低标出排得下的 {shown} 个名称。",
    },
    "named_by_arcs": {
        "en": "Named: {shown} of {count} nodes, those with the most arcs that leave room.",
        "zh": "共 {count} 个节点，按连线从多到少标出排得下的 {shown} 个名称。",
    },
    "range": {"en": "{low} to {high}", "zh": "{low}～{high}"},
    "of_previous": {"en": "{share} of previous", "zh": "上一阶段的 {share}"},
    "bars": {
        "en": "{title}. Bars of {count}: {first} has the most, {most}; {last} the least, {least}.",
        "zh": "{title}。条形图，共 {count} 项：“{first}”最多，为 {most}；“{last}”最少，为 {least}。",
    },
    "bar": {"en": "{title}. One bar: {first}, {most}.", "zh": "{title}。条形图，仅 1 项：“{first}”，为 {most}。"},
    "lines": {
        "en": "{title}. Lines of {count} series from {first} to {last}: {ends}.",
        "zh": "{title}。折线图，共 {count} 条，横轴从“{first}”到“{last}”：{ends}。",
    },
    "line": {"en": "{name} from {start} to {end}", "zh": "“{name}”起点 {start}，终点 {end}"},
    "heat_map": {
        "en": "{title}. A map of {rows} × {columns} cells: the highest is {most}, at {row} and {column}.",
        "zh": "{title}。热力图，{rows} 行 {columns} 列：最高值为 {most}，位于“{row}”与“{column}”。",
    },
    "interval": {
        "en": "{title}. Points with intervals for {count}: {first} is highest, {most}; {last} lowest, {least}.",
        "zh": "{title}。区间图，共 {count} 项：“{first}”最高，为 {most}；“{last}”最低，为 {least}。",
    },
    "funnel": {
        "en": "{title}. {count} stages from {first}, {start}, to {last}, {end}.",
        "zh": "{title}。漏斗图，共 {count} 个阶段：由“{first}”（{start}）到“{last}”（{end}）。",
    },
    "sankey": {
        "en": "{title}. Flows of {total} from {left} to {right} kinds; the largest, {most}, from {source} to {target}.",
        "zh": "{title}。桑基图，总计 {total}，由 {left} 类流向 {right} 类；最大的由“{source}”到“{target}”，为 {most}。",
    },
    "network": {
        "en": "{title}. Nodes: {nodes}; arcs: {arcs}; connected parts: {components}. Kinds: {kinds}.",
        "zh": "{title}。网络图，{nodes} 个节点、{arcs} 条连线，分为 {components} 个连通部分。类别：{kinds}。",
    },
    "sentence": {"en": "{title}.", "zh": "{title}。"},
    "highest": {"en": "Highest: {names}.", "zh": "数值最高的是：{names}。"},
    "most_arcs": {"en": "Most arcs: {names}.", "zh": "连线最多的是：{names}。"},
    "without": {"en": "Without a value: {count}.", "zh": "无数值：{count} 项。"},
    "gap": {"en": " ", "zh": ""},
    "comma": {"en": ", ", "zh": "、"},
    "semicolon": {"en": "; ", "zh": "；"},
    "caption": {"en": "{measure}, {unit}", "zh": "{measure}（{unit}）"},
}


def checked(language: Language) -> Language:
    """The language, if it is one."""
    if language not in LANGUAGES:
        raise ParameterError(f"language={language!r}; allowed: en, zh")
    return language


def said(entry: str, language: Language, **gaps: object) -> str:
    """A sentence in a language, its gaps filled."""
    if entry not in WORDS:
        raise unknown("sentence", entry, WORDS)
    return WORDS[entry][checked(language)].format(**gaps)
