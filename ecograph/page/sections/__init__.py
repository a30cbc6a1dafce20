"""Sections: what the page can show, one file each, by chapter and in the order of the page."""

from collections.abc import Mapping, Sequence

from ecograph.page.section import Section
from ecograph.page.sections import (
    amounts,
    attention,
    brokers,
    contents,
    drawing,
    findings,
    flows,
    helix,
    shares,
    ties,
)

CHAPTERS: Mapping[str, Sequence[Section]] = {
    "data": (contents.SECTION, findings.SECTION),
    "talent": (ties.SECTION, brokers.SECTION),
    "resources": (amounts.SECTION, flows.SECTION),
    "two_sided": (shares.SECTION, helix.SECTION),
    "evaluation": (attention.SECTION,),
    "picture": (drawing.SECTION,),
}
