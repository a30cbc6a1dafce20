"""Measure: one command a metric, made from its view's constructor and its own signature."""

import inspect
import shlex
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ecograph import registry
from ecograph.cli.command import ASKED, SETTINGS, Command, Group
from ecograph.cli.config import CONFIG
from ecograph.cli.data import chosen, ways_of_cutting
from ecograph.cli.docstring import meanings, opening
from ecograph.cli.option import Option
from ecograph.cli.output import Tongue, say
from ecograph.cli.progress import progress
from ecograph.cli.result import Showing
from ecograph.cli.view import doors_of, view_of, view_options
from ecograph.errors import UnknownNameError

if TYPE_CHECKING:
    from ecograph.metric import Metric
    from ecograph.registry import Estimate

Beforehand = Annotated[
    bool, typer.Option("--estimate", help="Say how much memory and time it would take, and do not measure.")
]
FORESEEN: dict[Tongue, str] = {
    "en": "{name} would take about {memory} and {seconds} seconds",
    "zh": "{name} 约需内存 {memory}、时间 {seconds} 秒",
}
MOVED = ("--relation", "TRANSFERS", "--unit", "CNY")
SIDES = ("--sides", "makers=Maker:SETTLED_IN", "--sides", "suppliers=Enterprise:SUPPLIES")
EXAMPLES = {
    "network": ("harbour", "--relation", "COLLABORATES"),
    "two_mode": ("cordis-h2020", "--path", "Project <-PARTICIPATES_IN- Organisation"),
    "flows": ("harbour", *MOVED, "--outside", "Market"),
    "records": ("harbour",),
    "ledger": ("harbour",),
    "histories": ("harbour",),
    "panel": ("harbour", "--by", "Makerspace", *SIDES),
}
CARRYING = ("harbour", *MOVED, "--amount", "amount")


ESTIMATE = inspect.Parameter("estimate", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Beforehand)


class MetricGroup(Group):
    """The metrics as commands; a metric is imported when it is asked for."""

    def list_commands(self, _ctx: Any) -> list[str]:
        """Names of all metrics."""
        return list(registry.names())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Command of a metric; None of an unknown one while the shell asks for candidates."""
        if cmd_name in registry.names():
            return command_of(registry.metric(cmd_name))
        if ctx.resilient_parsing:
            return None
        nearest = get_close_matches(cmd_name, registry.names(), n=1)
        hint = f"did you mean {nearest[0]}? " if nearest else ""
        raise UnknownNameError(f"no metric {cmd_name!r}; {hint}ecograph list metrics names all of them")

    def format_commands(self, _ctx: Any, formatter: Any) -> None:
        """Metrics by family with what they tell."""
        from ecograph.cli.catalogue import entries, family_title

        families: dict[str, list[tuple[str, str]]] = {}
        for entry in entries():
            families.setdefault(entry.family, []).append((entry.name, entry.summaries["en"]))
        for family, rows in families.items():
            with formatter.section(family_title(family)):
                formatter.write_dl(rows)


app = typer.Typer(
    cls=MetricGroup,
    help="Measure data with a metric.\n\nEach metric has options of its own: ecograph measure METRIC --help.",
    epilog="Example: ecograph measure degree florentine --relation MARRIAGE --top 5",
    subcommand_metavar="METRIC DATA [OPTIONS]",
    context_settings=SETTINGS,
)


def command_of(metric: "Metric[..., Any]") -> Any:
    """The command of a metric: options of its view's constructors, of its own parameters, and of what comes out."""
    doors, meant = doors_of(metric), meanings(metric.body)
    asked = [Option(parameter, meant[name], ASKED) for name, parameter in metric.parameters.items()]

    def run(**written: Any) -> None:
        showing = _call(Showing, written)
        arguments = {one.name: one.read(written[one.name]) for one in asked if one.is_said(written[one.name])}
        slices = _call(ways_of_cutting, written)
        eco = _call(chosen, written)
        view = view_of(eco, doors, written, slices)
        # The views of a series are made anew whenever they are gone through.
        wanted = written["estimate"] or not slices
        estimate = registry.estimate(metric, view, **arguments) if wanted else registry.Estimate(0, 0.0)
        if written["estimate"]:
            say(_foreseen(metric.name, estimate, showing.language))
            return
        with progress(f"measuring {metric.name}", expected=estimate.seconds):
            result = metric(view, **arguments)
        showing.show(result)

    made = [option.declared() for option in (*view_options(doors), *asked)]
    data, *part = _given_to(chosen)
    shown = [*_given_to(ways_of_cutting), ESTIMATE, *_given_to(Showing), CONFIG]
    # typer reads a command's options from its function's signature
    vars(run)["__signature__"] = inspect.Signature([data, *made, *part, *shown])
    one = typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=SETTINGS)
    one.command(metric.name, cls=Command, help=_about(metric), epilog=_example(metric, doors[0].name, asked))(run)
    return typer.main.get_command(one)


def _given_to(function: Callable[..., Any]) -> list[inspect.Parameter]:
    """Parameters of a function that are written on the command line."""
    return [one for one in inspect.signature(function).parameters.values() if hasattr(one.annotation, "__metadata__")]


def _call(function: Callable[..., Any], written: Mapping[str, Any]) -> Any:
    return function(**{one.name: written[one.name] for one in _given_to(function)})


def _foreseen(name: str, estimate: "Estimate", language: Tongue) -> str:
    from ecograph.methods.memory import written

    seconds = f"{max(estimate.seconds, 0.01):.2g}" if estimate.seconds < 10 else f"{estimate.seconds:,.0f}"
    return FORESEEN[language].format(name=name, memory=written(estimate.bytes), seconds=seconds)


def _about(metric: "Metric[..., Any]") -> str:
    columns = ", ".join(f"{name} ({column.meaning})" for name, column in metric.columns.items())
    rows = "one row" if metric.level == "whole" else f"one row for every {metric.level}"
    source = metric.source.rstrip(".")
    return f"{opening(metric.body)}\n\nGives {rows}: {columns}.\n\nSource: {source}. Chinese term: {metric.zh}."


def _example(metric: "Metric[..., Any]", door: str, asked: Sequence[Option]) -> str:
    """A call that runs; the mark in front keeps it in one line."""
    flags = {option.name: option.flag for option in asked}
    carries = door == "network" and metric.reads == "amount"
    cut = ("--slices", "every=year") if metric.follows else ()
    words = ["ecograph", "measure", metric.name, *(CARRYING if carries else EXAMPLES[door]), *cut]
    for name, value in metric.example.items():
        words += [flags[name], ",".join(value) if isinstance(value, (list, tuple)) else str(value)]
    return f"\b\nExample: {shlex.join(words)}"
