"""Config: options of a command from a TOML file, so that a job that comes back is one line."""

import inspect
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from ecograph.errors import AddressError, LoadError, ParameterError, unknown

FROM_FILE = "DEFAULT_MAP"
"""What typer calls the place a value came from, if it came from a file."""
NEVER = ("config", "help")


def _take(context: typer.Context, path: str | None) -> None:
    """Make what the file says the defaults of the command, so that what is written beside it wins."""
    if path is None or context.resilient_parsing:
        return
    options = {key_of(param): param for param in context.command.params if key_of(param) not in NEVER}
    context.default_map = {}
    context.meta["config"] = path
    for key, value in _read(path).items():
        if key not in options:
            refusal = unknown("option", key, options, f"keys are the options of {context.command_path}")
            raise ParameterError(f"{path}: {refusal}")
        param = options[key]
        context.default_map[str(param.name)] = _as_written(f"{path}: {key}", value, param)


Config = Annotated[
    str | None,
    typer.Option(
        "--config",
        metavar="FILE.toml",
        help="Take options from this file, under their names without the dashes; what is written here wins.",
        is_eager=True,
        expose_value=False,
        callback=_take,
    ),
]
CONFIG = inspect.Parameter("config", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Config)


def key_of(param: Any) -> str:
    """What a parameter is called in a file: the name of the option without the dashes."""
    longest: str = max(param.opts, key=len)
    return longest.lstrip("-")


def refusal_of_file(context: Any, error: Any) -> ParameterError | None:
    """The error of a value that came from the file; None if it did not."""
    param = getattr(error, "param", None)
    source = context.get_parameter_source(param.name) if param else None
    if source is None or source.name != FROM_FILE:
        return None
    message = error.format_message().removesuffix(".")
    return ParameterError(f"{context.meta['config']}: {message[:1].lower()}{message[1:]}; mend it in the file")


def _read(path: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise AddressError(f"config={path!r}: {error.strerror}; name a TOML file that can be read") from None
    except ValueError as error:
        raise LoadError(f"{path}: not TOML in UTF-8 ({error}); write lines such as top = 10") from None


def _as_written(place: str, value: Any, param: Any) -> Any:
    """A value of the file as it would be written on the command line, for the same reader to read it."""
    if getattr(param, "is_flag", False):
        if not isinstance(value, bool):
            raise ParameterError(f"{place}={value!r}; allowed: true, false")
        return value
    several = getattr(param, "multiple", False)
    cells = value if several and isinstance(value, list) else [value]
    if any(isinstance(cell, (bool, dict, list)) for cell in cells):
        lists = ", or a list of them" if several else ""
        raise ParameterError(f"{place}={value!r}; write a text, a number or a day{lists}")
    return [str(cell) for cell in cells] if several else str(value)
