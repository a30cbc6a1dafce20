"""Command: how every command shows its help, and the error of a command line that cannot be read."""

from collections.abc import Iterator
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from ecograph.cli.config import refusal_of_file
from ecograph.cli.output import say

# Of its usage errors typer shows only this child.
UsageError: Any = typer.BadParameter.__mro__[1]

LOOKED = "What it looks at"
ASKED = "How it measures"
EXPECTED = "Input should "
"""How typer's reader of types begins its sentences, which leave out the value."""
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Command(TyperCommand):
    """A command whose usage line is plain and whose options stand under the headings they were given."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Arguments first, as people write them."""
        arguments = (param for param in self.get_params(ctx) if param.param_type_name == "argument")
        names = (str(param.metavar) if param.required else f"[{param.metavar}]" for param in arguments)
        return [*names, "[OPTIONS]"]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words; an error knows the command it is about, and the value."""
        words = list(args)
        try:
            return super().parse_args(ctx, args)
        except UsageError as error:
            error.ctx = ctx
            if str(error.message).startswith(EXPECTED):
                given, *_ = self.make_parser(ctx).parse_args(words)
                value = given.get(error.param.name, ctx.lookup_default(error.param.name))
                error.message = f"{value!r} should {error.message.removeprefix(EXPECTED).partition(',')[0]}"
            raise refusal_of_file(ctx, error) or error from None

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Arguments, then options by heading."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for heading, record in self._records(ctx):
            sections.setdefault(heading, []).append(record)
        for heading, records in sections.items():
            with formatter.section(heading):
                formatter.write_dl(records)

    def _records(self, ctx: Any) -> Iterator[tuple[str, tuple[str, str]]]:
        for param in self.get_params(ctx):
            if param.param_type_name == "argument":
                yield "Arguments", (str(param.metavar), getattr(param, "help", None) or "")
            elif record := param.get_help_record(ctx):
                yield getattr(param, "rich_help_panel", None) or "Options", record


class Group(TyperGroup):
    """A command that has commands under it, and shows its help where none was given."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given | {"invoke_without_command": True})

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was given."""
        found = super().invoke(ctx)
        if ctx.invoked_subcommand is None:
            say(ctx.get_help())
        return found

    def collect_usage_pieces(self, _ctx: Any) -> list[str]:
        """A command comes first."""
        return [self.subcommand_metavar]

    def format_commands(self, _ctx: Any, formatter: Any) -> None:
        """Each command with the whole first line of its help."""
        helps = {name: str(self.commands[name].help).partition("\n")[0] for name in sorted(self.commands)}
        with formatter.section("Commands"):
            formatter.write_dl(list(helps.items()))
