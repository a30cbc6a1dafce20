"""The schema: which kinds of nodes and relations exist, what they may join, and which columns they carry.

A schema is data. The innovation schema (:mod:`ecograph.innovation`) is the default; ``ecosystem.toml`` may extend
or replace it, and a few lines of Python make one for any typed graph.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cached_property
from typing import Any, Literal, Self, TypeVar

from ecograph.errors import SchemaError, unknown

Type = Literal["text", "integer", "number", "boolean", "date"]
Time = Literal["span", "moment", "none"]

TYPES: tuple[Type, ...] = ("text", "integer", "number", "boolean", "date")
TIMES: tuple[Time, ...] = ("span", "moment", "none")
RESERVED = frozenset({"label", "type", "title", "kind", "source", "target"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a vocabulary: the name in data, its Chinese name, and the group it belongs to."""

    name: str
    zh: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words an attribute may hold; an open vocabulary keeps and reports others, a closed one refuses them."""

    name: str
    words: tuple[Word, ...] = ()
    closed: bool = False
    zh: str = ""

    @property
    def names(self) -> Mapping[str, str]:
        """English name of every spelling, English and Chinese."""
        return {spelling: word.name for word in self.words for spelling in (word.name, word.zh) if spelling}


@dataclass(frozen=True, slots=True)
class Attribute:
    """A column: its type, unit, vocabulary, the kind it refers to, its bounds, and whether it is personal."""

    name: str
    type: Type = "text"
    zh: str = ""
    meaning: str = ""
    unit: str = ""
    vocabulary: str = ""
    ref: str = ""
    minimum: float | None = None
    maximum: float | None = None
    personal: bool = False

    def __post_init__(self) -> None:
        if self.type not in TYPES:
            raise SchemaError(f"attribute {self.name}: type={self.type!r}; allowed: {', '.join(TYPES)}")
        for bound in ("minimum", "maximum"):
            if (value := getattr(self, bound)) is not None:
                object.__setattr__(self, bound, float(value))


@dataclass(frozen=True, slots=True)
class NodeKind:
    """A kind of node; a branch is the kind inside which an id is unique."""

    name: str
    parent: str = ""
    zh: str = ""
    branch: bool = False
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationKind:
    """A kind of relation: its legal ends, whether it lasts or happens, and its columns."""

    name: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    zh: str = ""
    time: Time = "none"
    directed: bool = True
    self_ties: bool = False
    attributes: tuple[Attribute, ...] = ()

    def __post_init__(self) -> None:
        for name in ("sources", "targets"):
            ends = getattr(self, name)
            object.__setattr__(self, name, (ends,) if isinstance(ends, str) else tuple(ends))
        if self.time not in TIMES:
            raise SchemaError(f"relation {self.name}: time={self.time!r}; allowed: {', '.join(TIMES)}")


NODE_COLUMNS = (
    Attribute("id", zh="编号", meaning="the user's own id, text, unique inside a branch"),
    Attribute("name", zh="名称", meaning="name"),
    Attribute("valid_from", "date", zh="开始日期", meaning="first day"),
    Attribute("valid_to", "date", zh="结束日期", meaning="first day no longer"),
)
END_COLUMNS = (
    Attribute("source_kind", zh="起点类型", meaning="kind of the node it starts from"),
    Attribute("source", zh="起点", meaning="id of the node it starts from"),
    Attribute("target_kind", zh="终点类型", meaning="kind of the node it ends at"),
    Attribute("target", zh="终点", meaning="id of the node it ends at"),
    Attribute("key", zh="键", meaning="the user's own key, or ends and number"),
)
TIME_COLUMNS: Mapping[Time, tuple[Attribute, ...]] = {
    "span": NODE_COLUMNS[2:],
    "moment": (Attribute("at", "date", zh="日期", meaning="the day it happened"),),
    "none": (),
}


Item = TypeVar("Item")
Named = TypeVar("Named", NodeKind, RelationKind, Vocabulary)


@dataclass(frozen=True)
class Schema:
    """Kinds of nodes, kinds of relations and vocabularies, checked when made.

    Parameters
    ----------
    name : str
        What the schema is called in recipes and reports.
    kinds : sequence of NodeKind
        The tree of kinds. A kind without children is a leaf; every node has one leaf kind.
    relations : sequence of RelationKind
        Relation kinds; their ends may be leaves or branches, which stand for all their leaves.
    vocabularies : sequence of Vocabulary, optional
        Words of the attributes that name them.

    Raises
    ------
    SchemaError
        If a name is used twice, or a parent, end, vocabulary or reference does not exist.

    Examples
    --------
    >>> women = Schema("women", [NodeKind("Woman"), NodeKind("Event")],
    ...                [RelationKind("ATTENDS", ("Woman",), ("Event",))])
    >>> women.leaves()
    ('Woman', 'Event')
    """

    name: str
    kinds: tuple[NodeKind, ...]
    relations: tuple[RelationKind, ...]
    vocabularies: tuple[Vocabulary, ...] = field(default=())

    def __post_init__(self) -> None:
        for name in ("kinds", "relations", "vocabularies"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        _check(self)

    @cached_property
    def _kinds(self) -> dict[str, NodeKind]:
        return {kind.name: kind for kind in self.kinds}

    @cached_property
    def _leaves(self) -> tuple[str, ...]:
        parents = {kind.parent for kind in self.kinds}
        return tuple(kind.name for kind in self.kinds if kind.name not in parents)

    def kind(self, name: str) -> NodeKind:
        """Kind of this English or Chinese name."""
        return _named("kind", name, self.kinds)

    def relation(self, name: str) -> RelationKind:
        """Relation kind of this English or Chinese name."""
        return _named("relation", name, self.relations)

    def vocabulary(self, name: str) -> Vocabulary:
        """Vocabulary of this English or Chinese name."""
        return _named("vocabulary", name, self.vocabularies)

    def ancestry(self, name: str) -> tuple[str, ...]:
        """Names of the kind, its parent, and so on to the root."""
        chain = [self.kind(name)]
        while chain[-1].parent:
            chain.append(self._kinds[chain[-1].parent])
        return tuple(kind.name for kind in chain)

    def leaves(self, *names: str) -> tuple[str, ...]:
        """Leaf kinds under the kinds named, in schema order; every leaf kind if none is named."""
        wanted = {self.kind(name).name for name in names}
        return tuple(leaf for leaf in self._leaves if not names or wanted & set(self.ancestry(leaf)))

    def branch(self, name: str) -> str:
        """Kind inside which an id of this kind is unique: the nearest marked ancestor, else the root."""
        chain = self.ancestry(name)
        return next((kind for kind in chain if self._kinds[kind].branch), chain[-1])

    def node_columns(self, name: str) -> tuple[Attribute, ...]:
        """Columns of a node table: id, name and dates first, then the attributes from the root down."""
        columns = {column.name: column for column in NODE_COLUMNS}
        for kind in reversed(self.ancestry(name)):
            columns |= {attribute.name: attribute for attribute in self._kinds[kind].attributes}
        return tuple(columns.values())

    def relation_columns(self, name: str) -> tuple[Attribute, ...]:
        """Columns of a relation table: ends and key, dates, then attributes."""
        relation = self.relation(name)
        return (*END_COLUMNS, *TIME_COLUMNS[relation.time], *relation.attributes)

    def as_dict(self) -> dict[str, Any]:
        """Plain data that :meth:`from_dict` makes into an equal schema; empty fields are left out."""
        return {"name": self.name} | {
            name: [_plain(asdict(item)) for item in getattr(self, name)]
            for name in ("kinds", "relations", "vocabularies")
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], base: Self | None = None) -> Self:
        """Make a schema from plain data, or extend another: a known name says only what is added or changed."""
        return cls(
            data.get("name") or (base.name if base else "schema"),
            _joined(NodeKind, base.kinds if base else (), data.get("kinds", ())),
            _joined(RelationKind, base.relations if base else (), data.get("relations", ())),
            _joined(Vocabulary, base.vocabularies if base else (), data.get("vocabularies", ())),
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the schema's content."""
        text = json.dumps(self.as_dict(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def _named(what: str, name: str, items: tuple[Named, ...]) -> Named:
    for item in items:
        if name in (item.name, item.zh) and name:
            return item
    raise unknown(what, name, (item.name for item in items))


def _plain(item: dict[str, Any]) -> dict[str, Any]:
    """Leave out what equals nothing, so that the plain form of a schema shows only what was said."""
    plain = {}
    for name, value in item.items():
        said = [_plain(one) if isinstance(one, dict) else one for one in value] if isinstance(value, tuple) else value
        if said not in ("", None, []) and (said is not False or name == "directed"):
            plain[name] = said
    return plain


def _said(cls: type[Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of an item, its attributes and words made; a text stands for an item that has only a name."""
    allowed = [one.name for one in fields(cls)]
    for name in data:
        if name not in allowed:
            owner = f"{cls.__name__} {data.get('name', '?')}"
            raise SchemaError(f"{owner}: no field {name!r}; allowed: {', '.join(allowed)}")
    lists = {name: part for name, part in (("attributes", Attribute), ("words", Word)) if name in data}
    return dict(data) | {name: tuple(_made(part, one) for one in data[name]) for name, part in lists.items()}


def _made(cls: type[Item], data: Mapping[str, Any] | str) -> Item:
    parts = _said(cls, {"name": data} if isinstance(data, str) else data)
    try:
        return cls(**parts)
    except TypeError as error:
        allowed = ", ".join(one.name for one in fields(cls))  # type: ignore[arg-type]  # every Item is a dataclass
        raise SchemaError(f"{cls.__name__} {parts.get('name', '?')}: {error}; allowed: {allowed}") from None


def _joined(cls: type[Named], old: tuple[Named, ...], new: Iterable[Mapping[str, Any]]) -> tuple[Named, ...]:
    """Items of both; one of a known name changes that item and adds to its attributes or words."""
    joined, places = list(old), {item.name: place for place, item in enumerate(old)}
    for data in new:
        place = places.get(data.get("name", ""))
        if place is None:
            joined.append(_made(cls, data))
        else:
            joined[place] = _extended(joined[place], data)
    return tuple(joined)


def _extended(known: Any, data: Mapping[str, Any]) -> Any:
    said = _said(type(known), data)
    for part in ("attributes", "words"):
        if part in said:
            together = {one.name: one for one in (*getattr(known, part), *said[part])}
            said[part] = tuple(together.values())
    return replace(known, **said)


def _check(schema: Schema) -> None:
    for what in ("kinds", "relations", "vocabularies"):
        _unique(what, getattr(schema, what))
    names = {kind.name for kind in schema.kinds}
    vocabularies = {vocabulary.name for vocabulary in schema.vocabularies}
    known = ", ".join(sorted(names))
    for kind in schema.kinds:
        if kind.parent and kind.parent not in names:
            raise SchemaError(f"kind {kind.name}: parent={kind.parent!r} is not a kind; known: {known}")
        _attributes(kind.name, kind.attributes, names, vocabularies)
        _own_columns(kind)
    for kind in schema.kinds:
        _rooted(schema, kind)
        _unique(f"attributes of {kind.name}", kind.attributes)
    for relation in schema.relations:
        _ends(relation, names)
        _attributes(relation.name, relation.attributes, names, vocabularies)
        _unique(f"columns of {relation.name}", schema.relation_columns(relation.name))
    for vocabulary in schema.vocabularies:
        _unique(f"words of {vocabulary.name}", vocabulary.words)
        if vocabulary.closed and not vocabulary.words:
            raise SchemaError(f"vocabulary {vocabulary.name} is closed and has no words; give it words or open it")


def _unique(what: str, items: Iterable[Any]) -> None:
    seen: set[str] = set()
    for item in items:
        for name in dict.fromkeys(spelling for spelling in (item.name, item.zh) if spelling):
            if name in seen:
                raise SchemaError(f"{what}: the name {name!r} is used twice; give every one of the {what} its own")
            seen.add(name)


def _rooted(schema: Schema, kind: NodeKind) -> None:
    seen, parents = {kind.name}, {one.name: one.parent for one in schema.kinds}
    while parents[kind.name]:
        kind = next(one for one in schema.kinds if one.name == parents[kind.name])
        if kind.name in seen:
            raise SchemaError(f"kind {kind.name} is its own ancestor; a tree of kinds has no cycle")
        seen.add(kind.name)


def _ends(relation: RelationKind, kinds: set[str]) -> None:
    if not (relation.sources and relation.targets):
        raise SchemaError(f"relation {relation.name} has no sources or no targets; name at least one kind of each")
    for end in (*relation.sources, *relation.targets):
        if end not in kinds:
            known = ", ".join(sorted(kinds))
            raise SchemaError(f"relation {relation.name}: end {end!r} is not a kind; known: {known}")


def _own_columns(kind: NodeKind) -> None:
    """Refuse to make something else of a column that every kind has: an id is text, and a span has dates."""
    own = {column.name: column.type for column in NODE_COLUMNS}
    for attribute in kind.attributes:
        name, found = attribute.name, attribute.vocabulary or attribute.ref or attribute.type
        if name in own and found != own[name]:
            raise SchemaError(
                f"{kind.name}: every kind has a column {name!r} of type {own[name]}, not {found}; rename it"
            )


def _attributes(owner: str, attributes: Iterable[Attribute], kinds: set[str], vocabularies: set[str]) -> None:
    for attribute in attributes:
        if attribute.name in RESERVED:
            raise SchemaError(
                f"{owner}: attribute={attribute.name!r} is reserved; rename it (a type may be a background)"
            )
        if attribute.ref and attribute.ref not in kinds:
            raise SchemaError(f"{owner}.{attribute.name}: ref={attribute.ref!r} is not a kind")
        if attribute.vocabulary and attribute.vocabulary not in vocabularies:
            raise SchemaError(f"{owner}.{attribute.name}: vocabulary={attribute.vocabulary!r} does not exist")
