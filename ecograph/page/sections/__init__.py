"""Sections: what the page can show, one file each, by chapter and in the order of the page."""

from collections.abc import Mapping, Sequence

from ecograph.page.section import Section
from ecograph.page.sections import (
    amounts,
    attention,
    brokers,
    contents,
    coverage,
    drawing,
    dual,
    factors,
    findings,
    flows,
    funnel,
    growth,
    helix,
    homing,
    idle,
    makeup,
    matches,
    modes,
    openness,
    platforms,
    roles,
    shares,
    stalled,
    supervision,
    ties,
    tracking,
    unmet,
    untracked,
)

CHAPTERS: Mapping[str, Sequence[Section]] = {
    "talent": (
        brokers.SECTION,
        roles.SECTION,
        makeup.SECTION,
        openness.SECTION,
        ties.SECTION,
        drawing.SECTION,
    ),
    "resources": (
        unmet.SECTION,
        matches.SECTION,
        idle.SECTION,
        coverage.SECTION,
        factors.SECTION,
        dual.SECTION,
        amounts.SECTION,
        flows.SECTION,
    ),
    "two_sided": (homing.SECTION, modes.SECTION, shares.SECTION, helix.SECTION),
    "evaluation": (
        stalled.SECTION,
        untracked.SECTION,
        supervision.SECTION,
        funnel.SECTION,
        tracking.SECTION,
        attention.SECTION,
        growth.SECTION,
    ),
    "platforms_compared": (platforms.SECTION,),
    "data": (contents.SECTION, findings.SECTION),
}
