"""Doctor: what is installed, what answers, and what to do about the rest."""

import platform
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path
from typing import Annotated, Literal

import typer

from ecograph.cli.address import answer_of
from ecograph.cli.output import LanguageOption, Tongue, aligned, say
from ecograph.errors import EcographError

EXAMPLE = "Example: ecograph doctor --on neo4j://localhost:7687"
FAILED = 1

State = Literal["ok", "missing", "broken"]
Words = Mapping[Tongue, str]

REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:>=(?P<least>[\d.]+))?[^;]*(?:;.*extra == ['\"](?P<extra>\w+)['\"])?")
HEADS: Mapping[Tongue, Sequence[str]] = {
    "en": ("state", "part", "found", "what to do"),
    "zh": ("状态", "部件", "情况", "处理办法"),
}
STATES: Mapping[State, Words] = {
    "ok": {"en": "ok", "zh": "正常"},
    "missing": {"en": "missing", "zh": "未安装"},
    "broken": {"en": "broken", "zh": "异常"},
}
EXTRAS: Mapping[str, Words] = {
    "query": {"en": "for queries without a server", "zh": "用于不依赖服务器的查询"},
    "neo4j": {"en": "for Neo4j", "zh": "用于 Neo4j"},
    "networkx": {"en": "for networks to and from networkx", "zh": "用于与 networkx 互换网络"},
    "stats": {"en": "for regressions", "zh": "用于回归"},
}
BUILDERS = ("docs", "test")
"""Extras of those who work on ecograph itself."""
KERNELS: Words = {"en": "compiled kernels", "zh": "编译内核"}
MEASURE: Words = {"en": "a first measure", "zh": "试算一个指标"}
BROWSER: Words = {"en": "browser", "zh": "浏览器"}
CORE: Words = {
    "en": "install ecograph again: make build in its checkout",
    "zh": "重新安装 ecograph：在源码目录中运行 make build",
}
OPENS: Words = {"en": "opens the report", "zh": "用于打开报告"}
ELSEWHERE: Words = {
    "en": "none here; report.html opens in the browser of any computer",
    "zh": "本机没有；report.html 可在任何电脑的浏览器中打开",
}
MEASURED: Words = {"en": "degree of {n} families", "zh": "{n} 个家族的度"}
ANSWER: Words = {"en": "start it, or correct the address", "zh": "请启动它，或改正地址"}

On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="ADDRESS",
        help="Also ask whether this answers: neo4j://HOST:PORT, which is logged in to, or data. Without it no "
        "network is used.",
    ),
]


@dataclass(frozen=True, slots=True)
class Part:
    """What was found of one part.

    Parameters
    ----------
    name : str
        What it is called.
    state : {"ok", "missing", "broken"}
        How it is.
    found : str
        Version, or what went wrong.
    remedy : str
        What to do.
    needed : bool
        Whether ecograph does not work without it.
    """

    name: str
    state: State
    found: str
    remedy: str = ""
    needed: bool = True


def doctor(*, on: On = None, language: LanguageOption = "en") -> None:
    """Say what is installed, what is missing, and how to install it.

    Exit code 0: ecograph works, and what --on names answers. Parts that are missing but not needed are no failure.
    """
    parts = list(_installed(language))
    if on is not None:
        from ecograph.cypher.connection import masked

        parts.append(_tried(masked(on), lambda: answer_of(on), ANSWER[language]))
    rows = [(STATES[part.state][language], part.name, part.found, part.remedy) for part in parts]
    say(aligned([HEADS[language], *rows]))
    if any(part.needed and part.state != "ok" for part in parts):
        raise typer.Exit(FAILED)


def _installed(language: Tongue) -> Iterator[Part]:
    yield Part("python", "ok", f"{platform.python_version()} ({platform.platform(terse=True)})")
    yield Part("ecograph", "ok", metadata.version("ecograph"))
    needed, optional = _requirements()
    yield from (_package(name, least, CORE[language]) for name, least in needed)
    yield _tried(KERNELS[language], _kernels, CORE[language])
    yield _tried(MEASURE[language], lambda: _measure(language), CORE[language])
    for name, least, extra in optional:
        remedy = f"pip install 'ecograph[{extra}]' ({EXTRAS[extra][language]})"
        yield _package(name, least, remedy, needed=False)
    yield _browser(language)


def _requirements() -> tuple[list[tuple[str, str]], list[tuple[str, str, str]]]:
    """Packages ecograph needs and those of its extras, as its own metadata tell."""
    found = [REQUIREMENT.match(line) for line in metadata.requires("ecograph") or ()]
    packages = [(one["name"], one["least"] or "0", one["extra"]) for one in found if one]
    needed = [(name, least) for name, least, extra in packages if not extra]
    return needed, [(name, least, extra) for name, least, extra in packages if extra in EXTRAS]


def _package(name: str, least: str, remedy: str, *, needed: bool = True) -> Part:
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Part(name, "missing", "–", remedy, needed)
    if _numbers(version) < _numbers(least):
        return Part(name, "broken", f"{version} < {least}", remedy, needed)
    return Part(name, "ok", version, needed=needed)


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)[:3]]


def _tried(name: str, attempt: Callable[[], str], remedy: str) -> Part:
    try:
        return Part(name, "ok", attempt())
    except (ImportError, OSError, EcographError) as error:
        return Part(name, "broken", " ".join(str(error).split()), remedy)


def _kernels() -> str:
    """Load every compiled kernel; each has a file that tells its types."""
    names = sorted(path.stem for path in (Path(__file__).parent.parent / "kernels").glob("*.pyi"))
    for name in names:
        import_module(f"ecograph.kernels.{name}")
    return ", ".join(names)


def _measure(language: Tongue) -> str:
    """Read a dataset and measure it: what every call needs."""
    from ecograph import datasets, registry

    found = registry.metric("degree")(datasets.dataset("florentine").network("MARRIAGE"))
    return MEASURED[language].format(n=len(found))


def _browser(language: Tongue) -> Part:
    import webbrowser

    try:
        name = str(getattr(webbrowser.get(), "name", "") or "default")
    except webbrowser.Error:
        return Part(BROWSER[language], "missing", "–", ELSEWHERE[language], needed=False)
    return Part(BROWSER[language], "ok", f"{name} ({OPENS[language]})", needed=False)
