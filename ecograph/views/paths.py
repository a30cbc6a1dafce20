"""Meta-paths: "Maker -WORKS_ON-> Project <-WORKS_ON- Maker", read into steps and into one matrix a step."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecograph.content import Content
from ecograph.errors import ViewError
from ecograph.schema import Schema
from ecograph.views.roles import chosen_rows

STEP = re.compile(r"\s*(<)?-\s*([^\s{}<>-]+)\s*(?:\{([^}]*)\})?\s*-(>)?\s*([^\s{}<>-]+)")
EXAMPLE = "'Maker -WORKS_ON-> Project <-WORKS_ON- Maker'"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: relation, whether it is walked from source to target, filters, and the kind arrived at."""

    relation: str
    forward: bool
    where: Mapping[str, str]
    arrives: str


@dataclass(frozen=True, slots=True)
class Path:
    """A kind to start from and steps."""

    start: str
    steps: tuple[Step, ...]

    @property
    def end(self) -> str:
        """Kind at the right end."""
        return self.steps[-1].arrives

    def mirrored(self, schema: Schema) -> bool:
        """Whether the path reads the same from its right end, so that every arc has its opposite."""
        kinds = [self.start, *(step.arrives for step in self.steps)]
        turned = [
            (step.relation, step.forward != schema.relation(step.relation).directed, dict(step.where))
            for step in reversed(self.steps)
        ]
        return kinds == kinds[::-1] and turned == [(s.relation, s.forward, dict(s.where)) for s in self.steps]


def is_path(text: str) -> bool:
    """Whether the text is a path and not a relation's name."""
    return "-" in text


def read_path(text: str, schema: Schema) -> Path:
    """Read a path, its kinds and relations in either language.

    Raises
    ------
    ViewError
        If the text is no path, or a step goes where its relation cannot.
    """
    start = re.match(r"\s*([^\s{}<>-]+)", text)
    place = start.end() if start else 0
    steps: list[Step] = []
    while start and place < len(text.rstrip()):
        match = STEP.match(text, place)
        if not match or (match[1] and match[4]):
            break
        steps.append(_step(match, schema))
        place = match.end()
    if not start or not steps or place < len(text.rstrip()):
        raise ViewError(f"path={text!r} cannot be read from {text[place:].strip()!r} on; write it as {EXAMPLE}")
    path = Path(schema.kind(start[1]).name, tuple(steps))
    _legal(path, schema)
    return path


def _step(match: re.Match[str], schema: Schema) -> Step:
    relation = schema.relation(match[2])
    if relation.directed != bool(match[1] or match[4]):
        arrow = f"-{relation.name}-> or <-{relation.name}-" if relation.directed else f"-{relation.name}-"
        raise ViewError(f"path: {relation.name} is {'' if relation.directed else 'not '}directed; write {arrow}")
    where = {}
    for part in filter(None, (one.strip() for one in (match[3] or "").split(","))):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or not name or not value:
            raise ViewError(f"path: filter {part!r} of {relation.name} is not name=value")
        where[name] = value
    return Step(relation.name, not match[1], where, schema.kind(match[5]).name)


def _legal(path: Path, schema: Schema) -> None:
    departs = path.start
    for step in path.steps:
        relation = schema.relation(step.relation)
        ends = [set(schema.leaves(*relation.sources)), set(schema.leaves(*relation.targets))]
        orders = [ends] if relation.directed and step.forward else [ends[::-1]]
        if not relation.directed:
            orders.append(ends)
        walked = (set(schema.leaves(departs)), set(schema.leaves(step.arrives)))
        if not any(walked[0] & first and walked[1] & second for first, second in orders):
            raise ViewError(
                f"path: {relation.name} does not lead from {departs} to {step.arrives}; "
                f"it joins {', '.join(relation.sources)} to {', '.join(relation.targets)}"
            )
        departs = step.arrives


def step_ends(
    content: Content, departs: str, step: Step, where: Mapping[str, Any]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Rows of a step and the positions they lead from and to; an undirected relation leads both ways."""
    rows = chosen_rows(content, step.relation, {**where, **step.where})
    sources, targets = (end[rows] for end in content.ends(step.relation))
    pairs = [(sources, targets)] if step.forward else [(targets, sources)]
    if not content.schema.relation(step.relation).directed:
        pairs.append((pairs[0][1], pairs[0][0]))
    allowed, arrives = content.index.of(departs), content.index.of(step.arrives)
    parts = []
    for number, (starts, stops) in enumerate(pairs):
        fits = allowed[starts] & arrives[stops]
        if number:
            fits &= starts != stops
        parts.append((rows[fits], starts[fits], stops[fits]))
    return tuple(np.concatenate(cells) for cells in zip(*parts, strict=True))  # type: ignore[return-value]  # three
