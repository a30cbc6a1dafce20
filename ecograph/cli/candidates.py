"""Candidates: what the shell offers for a word that was begun."""

from collections.abc import Iterator
from pathlib import Path

import typer

from ecograph.errors import EcographError

TABLES = (".csv", ".parquet")


def data_beginning(incomplete: str) -> list[str]:
    """Datasets and folders whose names begin so."""
    from ecograph import datasets

    names = [name for name in datasets.names() if name.startswith(incomplete)]
    return names + [folder for folder in _folders(incomplete) if folder not in names]


def relations_beginning(context: typer.Context, incomplete: str) -> list[str]:
    """Relation kinds whose names begin so: those of the data, if they are written already, else those of the schema."""
    # an option whose value is still missing stops the parser, which leaves the words before it unread
    words = [word for word in (context.params.get("data"), *context.args) if word]
    found = sorted({path.stem for path in _relation_files(words[0])}) if words else []
    if not found:
        from ecograph.innovation import SCHEMA

        found = [relation.name for relation in SCHEMA.relations]
    return [name for name in found if name.startswith(incomplete)]


def _folders(incomplete: str) -> Iterator[str]:
    place, _, beginning = incomplete.rpartition("/")
    above = f"{place}/" if "/" in incomplete else ""
    try:
        children = sorted(Path(above or ".").iterdir())
        found = [path.name for path in children if path.is_dir()]
    except OSError:
        return
    for name in found:
        if name.startswith(beginning) and (beginning or not name.startswith(".")):
            yield f"{above}{name}"


def _relation_files(data: str) -> list[Path]:
    from ecograph.datasets import located

    try:
        folder = located(data)
        found = [*folder.glob("relations/*"), *folder.glob("snapshot-*/relations/*")]
    except (EcographError, OSError):
        return []
    return [path for path in found if path.suffix in TABLES]
