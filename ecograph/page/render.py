"""Rendering: a page as one HTML file that needs nothing else."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ecograph.page.compose import Page
from ecograph.page.holdings import Holdings
from ecograph.page.live import script
from ecograph.page.method import step_code
from ecograph.page.sheet import Sheet
from ecograph.page.tables import file_names
from ecograph.page.wording import Sentences, Wording

if TYPE_CHECKING:
    from jinja2 import Environment

LANGUAGES = {"en": "en", "zh": "zh-Hans"}


def render(page: Page, holdings: Holdings, wording: Wording, version: str, *, with_tables: bool) -> str:
    """Write a page as HTML.

    Every text is escaped; only the drawings, the stylesheet and the script, which are made here, stand as they are.
    The content security policy allows this stylesheet and this script, by their hashes, and nothing else.
    """
    look = style()
    names = dict(zip(map(id, page.sheets), file_names(page.sheets), strict=True))
    answering = script() if page.answers else ""

    def rest_of(sheet: Sheet) -> str:
        if with_tables:
            return wording.say("page.more", count=sheet.rest, file=names[id(sheet)])
        return wording.say("page.more_unwritten", count=sheet.rest)

    template = environment().get_template("page.html")
    return template.render(
        page=page,
        about=about(holdings, wording, version),
        say=wording.say,
        wording=wording,
        titles=lambda names: wording.following([wording.say(f"sections.{name}.title") for name in names], len(names)),
        language=LANGUAGES[wording.language],
        rest_of=rest_of,
        withheld=[wording.kind(kind) for kind in wording.withheld],
        style=look,
        script=answering,
        policy=policy(look, answering),
    )


def style() -> str:
    """The stylesheet of every page."""
    return (files("ecograph.page") / "page.css").read_text(encoding="utf-8")


def policy(look: str, answering: str) -> str:
    """What the page may do: apply its stylesheet, run its script, and nothing else; it fetches nothing."""
    allowed = _digest(answering) if answering else "'none'"
    return (
        f"default-src 'none'; style-src {_digest(look)}; script-src {allowed}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def environment() -> "Environment":
    """The templates of this room; whatever they are given is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("ecograph", "page"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def about(holdings: Holdings, wording: Sentences, version: str) -> Mapping[str, Any]:
    """Title, description and origin of an ecosystem."""
    days = holdings.days
    dated = wording.say("about.dated", first=days[0], last=days[1]) if days else wording.say("about.undated")
    rows = {
        "period": dated,
        "selection": ".".join(map(step_code, holdings.eco.selection)),
        "fingerprint": holdings.eco.fingerprint,
        "version": version,
    }
    return described(holdings.eco.manifest, wording, holdings.records.day, rows)


def described(
    manifest: Mapping[str, Any], wording: Sentences, day: date | str | None, rows: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Title, description and origin as a manifest tells them, and rows of what else is known."""
    origin = {name: manifest.get(name) for name in ("source", "licence", "attribution")}
    return {
        "title": _told(manifest, "title", wording) or wording.say("about.untitled"),
        "description": _told(manifest, "description", wording),
        "day": day,
        "rows": {name: str(value) for name, value in (origin | dict(rows)).items() if value},
    }


def _told(manifest: Mapping[str, Any], name: str, wording: Sentences) -> str:
    """A text of the manifest, in the page's language where it has it."""
    spoken = manifest.get(f"{name}_zh") if wording.language == "zh" else None
    return str(spoken or manifest.get(name) or "")
