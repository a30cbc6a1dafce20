"""What labels of nodes are called in a sentence."""

from collections import Counter
from typing import Any

import pyarrow as pa

from ecograph.content import Nodes
from ecograph.schema import Schema
from ecograph.table import Language


def label_called(schema: Schema, by: Any, label: str, language: Language) -> str:
    """What a label is called: kinds and words of a vocabulary have Chinese names, all else stays as it is.

    Parameters
    ----------
    schema : Schema
        Kinds and vocabularies.
    by : str, Result or Table
        Where the labels come from: ``kind``, an attribute's name, or a table of the user's.
    label : str
        The label.
    language : {"en", "zh"}
        Language of the sentence.

    Returns
    -------
    str
        The name.
    """
    if language == "en" or not isinstance(by, str):
        return label
    if by == "kind":
        return schema.kind(label).zh or label
    vocabularies = {one.vocabulary for kind in schema.kinds for one in kind.attributes if one.name == by} - {""}
    words = {word.name: word.zh for name in vocabularies for word in schema.vocabulary(name).words if word.zh}
    return words.get(label, label)


def named_apart(nodes: Nodes) -> pa.Array:
    """Id of each node, with its kind where nodes of two kinds share the id."""
    ids = nodes.ids.to_pylist()
    times = Counter(ids)
    pairs = zip(nodes.kinds.to_pylist(), ids, strict=True)
    return pa.array([one if times[one] == 1 else f"{kind}:{one}" for kind, one in pairs], pa.string())
