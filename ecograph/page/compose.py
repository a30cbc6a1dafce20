"""Composing: which sections stand on the page, in which order, and which five sentences stand first."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ecograph.errors import EcographError
from ecograph.page.holdings import Holdings
from ecograph.page.method import Entry, entries
from ecograph.page.missing import elsewhere, missing
from ecograph.page.section import Found, Section
from ecograph.page.sections import CHAPTERS
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.result import Result

HEADLINES = 5
COLON = re.compile("[:：]")
# the first five that the data allow stand at the top of the page
RANKS = (
    "size",
    "quality",
    "concentration",
    "brokers",
    "synergy",
    "throughflow",
    "cycling",
    "fragmentation",
    "attention",
    "missing",
    "next",
    "period",
    "repeat",
)
# what an operator can act on, by how soon; where there is any of it, it stands before all else
URGENT = ("unmet", "stalled", "untracked", "missed", "unsupervised", "idle")
ACTED_ON = frozenset(URGENT) - {"missed"}
MISSING = "missing"


@dataclass(frozen=True, eq=False)
class Shown:
    """A section as it stands on the page."""

    name: str
    found: Found


@dataclass(frozen=True, slots=True)
class Headline:
    """A sentence at the top of the page, the section that holds its numbers, and who it counts."""

    text: str
    section: str
    named: Sequence[str] = ()
    count: int = 0

    @property
    def lead(self) -> str:
        """What comes before the first colon, which is what there is to do."""
        return COLON.split(self.text, maxsplit=1)[0]

    @property
    def tail(self) -> str:
        """The rest of the sentence."""
        return self.text.removeprefix(self.lead)

    @property
    def rest(self) -> int:
        """How many of those it counts are not named."""
        return self.count - len(self.named)


@dataclass(frozen=True, eq=False)
class Page:
    """Everything on a page, in order.

    Parameters
    ----------
    headlines : sequence of Headline
        The five sentences a reader should have first.
    urgent : bool
        Whether one of them asks the reader to act.
    chapters : mapping of str to sequence of Shown
        Sections by chapter; a chapter without sections says so.
    absent : mapping of str to sequence of str
        Names of the sections that could not be made, by chapter.
    gaps : Found
        What could not be measured.
    elsewhere : str
        Metrics that no section shows.
    entries : sequence of Entry
        How the metrics were used.
    """

    headlines: Sequence[Headline]
    urgent: bool
    chapters: Mapping[str, Sequence[Shown]]
    absent: Mapping[str, Sequence[str]]
    gaps: Found
    elsewhere: str
    entries: Sequence[Entry]

    @property
    def answers(self) -> bool:
        """Whether a drawing on the page answers to its reader."""
        return any(part.live for shown in self.chapters.values() for one in shown for part in one.found.parts)

    @property
    def sheets(self) -> list[Sheet]:
        """Every table on the page, in order."""
        founds = [one.found for shown in self.chapters.values() for one in shown]
        return [sheet for found in (*founds, self.gaps) for part in found.parts for sheet in part.all_sheets]


def compose(holdings: Holdings, wording: Wording) -> Page:
    """Make every section the data allow."""
    chapters: dict[str, list[Shown]] = {chapter: [] for chapter in CHAPTERS}
    absent: list[Section] = []
    refused: dict[str, str] = {}
    for chapter, sections in CHAPTERS.items():
        for section in sections:
            relations = section.met(holdings)
            if section.needs and not relations:
                absent.append(section)
                continue
            try:
                chapters[chapter].append(Shown(section.name, section.build(holdings, wording, relations)))
            except EcographError as error:
                refused[section.name] = str(error)
    return _page(holdings, wording, chapters, absent, refused)


def _page(
    holdings: Holdings,
    wording: Wording,
    chapters: Mapping[str, Sequence[Shown]],
    absent: Sequence[Section],
    refused: Mapping[str, str],
) -> Page:
    sections = [section for chapter in CHAPTERS.values() for section in chapter]
    gaps = missing(holdings, wording, absent, refused, len(sections))
    shown = [one for chapter in chapters.values() for one in chapter]
    results: list[Result] = [result for one in shown for result in one.found.results]
    headlines = _headlines(holdings, wording, [*shown, Shown(MISSING, gaps)])
    return Page(
        headlines=headlines,
        urgent=any(headline.named for headline in headlines),
        chapters=chapters,
        absent={chapter: _absent(CHAPTERS[chapter], there) for chapter, there in chapters.items()},
        gaps=gaps,
        elsewhere=elsewhere(wording, sections),
        entries=entries(wording, results),
    )


def _absent(sections: Sequence[Section], there: Sequence[Shown]) -> list[str]:
    """Names of the sections of a chapter that are not there."""
    made = {one.name for one in there}
    return [section.name for section in sections if section.name not in made]


def _headlines(holdings: Holdings, wording: Wording, shown: Sequence[Shown]) -> list[Headline]:
    said = {name: Headline(text, one.name) for one in shown for name, text in one.found.headlines.items()}
    said |= {
        name: Headline(call.text, one.name, call.named, call.count)
        for one in shown
        for name, call in one.found.calls.items()
    }
    said["repeat"] = Headline(wording.say("headlines.repeat", fingerprint=holdings.eco.fingerprint[:12]), "method")
    return [said[name] for name in ranked(said) if name in said][:HEADLINES]


def ranked(said: Iterable[str]) -> tuple[str, ...]:
    """Names of headlines in the order of the page; the urgent ones first, and brokers once."""
    if not ACTED_ON & set(said):
        return RANKS
    return (*URGENT, *(name for name in RANKS if name not in ("brokers", "size")))
