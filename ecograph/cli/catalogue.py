"""Catalogue: what the metrics' files declare, read without running them."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ecograph import registry
from ecograph.cli.output import Tongue


@dataclass(frozen=True, slots=True)
class Entry:
    """What a metric's file says of it.

    Parameters
    ----------
    name, family : str
        Its name and the folder it stands in.
    summaries : mapping of str to str
        What it tells, a sentence by language.
    zh : str
        Chinese term.
    level : str
        What one row of its result is.
    views : tuple of str
        The kinds of view it takes.
    """

    name: str
    family: str
    summaries: Mapping[Tongue, str]
    zh: str
    level: str
    views: tuple[str, ...]


def entries() -> Iterator[Entry]:
    """Every metric, by family and name."""
    for name, family in registry.families().items():
        yield _entry(registry.FOLDER / family / f"{name}.py", name, family)


def family_title(family: str) -> str:
    """What a family is called: its docstring up to the colon."""
    return (ast.get_docstring(_parsed(registry.FOLDER / family / "__init__.py")) or family).partition(":")[0]


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _entry(path: Path, name: str, family: str) -> Entry:
    functions = (node for node in _parsed(path).body if isinstance(node, ast.FunctionDef))
    body = next(node for node in functions if node.name == name)
    declared = {
        str(keyword.arg): str(keyword.value.value)
        for decorator in body.decorator_list
        if isinstance(decorator, ast.Call)
        for keyword in decorator.keywords
        if isinstance(keyword.value, ast.Constant)
    }
    views = ast.unparse(body.args.args[0].annotation or ast.Name("View"))
    return Entry(
        name=name,
        family=family,
        summaries={"en": (ast.get_docstring(body) or "").partition("\n")[0], "zh": declared["summary_zh"]},
        zh=declared["zh"],
        level=declared["level"],
        views=tuple(views.removeprefix("Series[").removesuffix("]").split(" | ")),
    )
