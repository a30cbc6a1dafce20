"""Registry of metrics: the folder is the only list.

A metric is ``metrics/<family>/<metric>.py`` and is found by its file's name, without importing anything.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ecograph.errors import RepeatError, unknown

if TYPE_CHECKING:
    from ecograph.ecosystem import Ecosystem
    from ecograph.metric import Metric
    from ecograph.result import Result
    from ecograph.views import Series, View

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


class Estimate(NamedTuple):
    """What a measure will take.

    ``bytes`` is the most memory it will hold at a time beside its view, ``seconds`` how long it will take.
    """

    bytes: int
    seconds: float


def estimate(metric: "Metric[..., Any]", view: "View | Series[Any]", **options: Any) -> Estimate:
    """Tell how much memory and time a measure will take, without making it.

    Parameters
    ----------
    metric : Metric
        The metric, as it is called.
    view : View or Series
        What it will be called with.
    **options
        Its options, likewise.

    Returns
    -------
    Estimate
        ``bytes`` beside the view, within a factor of about 2 in a large one, and ``seconds``, within a factor of about
        4. Of a series the bytes of the largest view and the seconds of all.

    Raises
    ------
    ParameterError
        If the metric takes another kind of view, or has no such option.
    WeightError
        If the view has roles and not the one the metric reads.

    Notes
    -----
    Each metric states its operations and bytes by the size of the view and its options. An operation is to put one
    relation into rows, and how long that takes is measured once a process. The seconds are those of a machine with
    nothing else to do.

    A call that would take more memory than it may is refused before it begins, with a MemoryLimitError: more than the
    environment variable ``ECOGRAPH_MEMORY`` says (``4 GiB``), or without it more than is free.

    Examples
    --------
    >>> import ecograph as eg
    >>> net = eg.dataset("florentine").network("MARRIAGE")
    >>> found = eg.estimate(eg.betweenness, net)
    >>> found.bytes < 100_000, found.seconds < 1
    (True, True)
    """
    from ecograph.methods.pace import pace

    need = metric.need(view, **options)
    return Estimate(round(need.bytes), need.operations * pace())


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
