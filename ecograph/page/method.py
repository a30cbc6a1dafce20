"""Method: how every number on the page was made, and where its measure comes from."""

import inspect
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ecograph.metric import plain_argument
from ecograph.page.wording import Wording
from ecograph.registry import metric
from ecograph.result import Result

REFERENCES = re.compile(r"\nReferences\n-+\n(.*?)(?:\n\n|\Z)", re.DOTALL)
WRITTEN = 1_000  # rows of a table that stand in a line of code


@dataclass(frozen=True, slots=True)
class Entry:
    """How one metric was used.

    Parameters
    ----------
    name : str
        Name of the metric.
    term : str
        What the page calls it.
    zh : str
        Chinese term.
    summary : str
        What it tells.
    source : str
        Where it comes from.
    columns : sequence of (str, str, str)
        Heading, meaning and unit of each of its columns.
    recipes : sequence of str
        How to compute each result again.
    references : str
        The works it is taken from.
    version : str
        Version of ecograph.
    """

    name: str
    term: str
    zh: str
    summary: str
    source: str
    columns: tuple[tuple[str, str, str], ...]
    recipes: tuple[str, ...]
    references: str
    version: str


def entries(wording: Wording, results: Iterable[Result]) -> list[Entry]:
    """One entry a metric, in the order they were first used."""
    every = list(results)
    used: dict[str, list[Result]] = {}
    for result in every:
        used.setdefault(result.metric, []).append(result)
    return [_entry(wording, name, made, every) for name, made in used.items()]


def _entry(wording: Wording, name: str, results: list[Result], every: Sequence[Result]) -> Entry:
    found = metric(name)
    first = results[0]
    units: dict[str, list[str]] = {}
    for result in results:
        for column in result.columns:
            units.setdefault(column, []).append(wording.unit(result.table.columns[column].unit))
    columns = tuple(
        (
            wording.column(column, first.table.columns[column]),
            first.table.columns[column].meaning if wording.language == "en" else "",
            wording.listed(dict.fromkeys(filter(None, units[column]))),
        )
        for column in first.columns
    )
    return Entry(
        name=name,
        term=wording.metric(name),
        zh=found.zh,
        summary=found.summaries[wording.language],
        source=found.source,
        columns=columns,
        recipes=tuple(dict.fromkeys(recipe(result, every) for result in results)),
        references=references(name),
        version=str(first.provenance["version"]),
    )


def recipe(result: Result, others: Sequence[Result]) -> str:
    """The line of Python that computes a result again from the ecosystem as it was loaded.

    A table that it was given is written as the line of that one of the other results which it is.
    """
    made = result.provenance["recipe"]
    steps = "".join(f".{step_code(step)}" for step in made["selection"])
    relations = [repr(relation) for relation in made["relations"]]
    view = f"eco{steps}.{made['view']}({', '.join([*relations, *_arguments(made['arguments'])])})"
    unweighted = ".unweighted()" if made.get("unweighted") else ""
    balanced = f".balanced({made['balanced']!r})" if "balanced" in made else ""
    arguments = _arguments(result.provenance["parameters"], [other for other in others if other is not result])
    return f"eg.{result.metric}({', '.join([view + unweighted + balanced, *arguments])})"


def step_code(step: Mapping[str, Any]) -> str:
    """A step that narrows an ecosystem, as code."""
    ((name, days),) = step.items()
    return f"{name}({', '.join(map(repr, [days] if isinstance(days, str) else days))})"


def _arguments(arguments: Mapping[str, Any], others: Sequence[Result] = ()) -> list[str]:
    return [f"{name}={_written(value, others)}" for name, value in arguments.items() if value is not None]


def _written(value: Any, others: Sequence[Result]) -> str:
    """An argument as code; a large table that is no result by its columns and rows."""
    if not isinstance(value, Mapping):
        return repr(value)
    for other in others:
        if other.table.names == tuple(value) and repr(plain_argument(other)) == repr(value):  # NaN equals itself
            return recipe(other, [])
    rows = len(next(iter(value.values())))
    return repr(value) if rows <= WRITTEN else f"<{', '.join(value)}: {rows} rows>"


def references(name: str) -> str:
    """What stands under References in the docstring of a metric, without the Chinese term."""
    found = metric(name)
    section = REFERENCES.search(inspect.getdoc(found.body) or "")
    text = " ".join(section[1].split()).partition("Chinese term:")[0].strip() if section else ""
    return text or found.source
