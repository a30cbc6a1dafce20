"""Registry of metrics: the folder is the only list.

A metric is ``metrics/<family>/<metric>.py`` and is found by its file's name, without importing anything.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecograph.errors import RepeatError, unknown

if TYPE_CHECKING:
    from ecograph.ecosystem import Ecosystem
    from ecograph.metric import Metric
    from ecograph.result import Result

FOLDER = Path(__file__).parent / "metrics"


@cache
def families() -> Mapping[str, str]:
    """Family of every metric by its name, ascending by family and name."""
    files = sorted(path for path in FOLDER.glob("*/*.py") if path.stem != "__init__")
    return {path.stem: path.parent.name for path in files}


def names() -> tuple[str, ...]:
    """Names of all metrics, by family and name."""
    return tuple(families())


def metric(name: str) -> "Metric[..., Any]":
    """The metric of this name.

    Raises
    ------
    UnknownNameError
        If there is no such metric.
    """
    if name not in families():
        raise unknown("metric", name, families())
    found: Metric[..., Any] = getattr(import_module(f"ecograph.metrics.{families()[name]}.{name}"), name)
    return found


def repeat(result: "Result", eco: "Ecosystem") -> "Result":
    """Compute a result again from its recipe and parameters.

    Parameters
    ----------
    result : Result
        A result, also one loaded from a file.
    eco : Ecosystem
        The ecosystem it was computed from, as it was loaded.

    Returns
    -------
    Result
        The same bytes.

    Raises
    ------
    RepeatError
        If the ecosystem is another one, or was narrowed after loading.

    Examples
    --------
    >>> import ecograph as eg
    >>> ties = {"source": ["a"], "target": ["b"]}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b"]}}, {"COLLABORATES": ties})
    >>> result = eg.degree(eco.network("COLLABORATES"))
    >>> eg.repeat(result, eco) == result
    True
    """
    provenance = result.provenance
    if eco.selection or eco.fingerprint != provenance["fingerprint"]:
        raise RepeatError(
            f"fingerprint={eco.fingerprint[:12]}: {result.metric} was computed from {provenance['fingerprint'][:12]}; "
            f"give that ecosystem as it was loaded"
        )
    recipe = provenance["recipe"]
    for step in recipe["selection"]:
        (name, days), *_ = step.items()
        eco = getattr(eco, name)(*([days] if isinstance(days, str) else days))
    source = eco.slices(**recipe["slices"]) if "slices" in recipe else eco
    view = getattr(source, recipe["view"])(*recipe["relations"], **recipe["arguments"])
    if recipe.get("unweighted"):
        view = view.unweighted()
    if "balanced" in recipe:
        view = view.balanced(recipe["balanced"])
    return metric(provenance["metric"])(view, **provenance["parameters"])
