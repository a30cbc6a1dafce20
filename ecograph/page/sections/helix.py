"""Helix: universities, industry and government as partners in the same projects or agreements."""

from collections.abc import Sequence

from ecograph.charts import bars
from ecograph.page.holdings import Holdings
from ecograph.page.section import Found, Need, Part, Section
from ecograph.page.sheet import Sheet, exactly
from ecograph.page.wording import Wording
from ecograph.registry import metric
from ecograph.result import Result

HELICES = {"university": ["University"], "industry": ["Enterprise"], "government": ["PublicBody"]}
RESEARCH = "ResearchOrganisation"  # may be counted with the universities
ORGANISATION = "Organisation"
KINDS = (ORGANISATION, "University", RESEARCH, "Enterprise", "PublicBody")
JOINT = ("Project", "Agreement")
COLUMNS = ("transmission", "units", "with_university", "with_industry", "with_government", "with_all", "with_none")
DRAWN = COLUMNS[2:]


def _build(holdings: Holdings, wording: Wording, relations: Sequence[str]) -> Found:
    relation = relations[0]
    joint = holdings.eco.schema.relation(relation).targets[0]
    view = holdings.eco.two_mode(f"{joint} <-{relation}- {ORGANISATION}")
    research = {"university": [HELICES["university"][0], RESEARCH]}
    wide, narrow = (metric("triple_helix")(view, **helices) for helices in (HELICES | research, HELICES))
    units = wording.say(f"sections.helix.{joint if joint in JOINT else 'units'}", count=int(wide["units"][0]))
    gaps = {"relation": wording.relation(relation), "units": units}
    values = {"wide": exactly(wide["transmission"][0]), "narrow": exactly(narrow["transmission"][0])}
    reading = wording.say(f"sections.helix.{_sign(wide)}")
    part = Part(
        sentences=[wording.say("sections.helix.summary", **gaps, **values), reading],
        chart=bars(
            [wording.column(name, wide.table.columns[name]) for name in DRAWN],
            [float(wide[name][0]) for name in DRAWN],
            title=wording.say("sections.helix.chart"),
            language=wording.language,
        ),
        sheets=[_sheet(wording, [wide, narrow])],
        results=[wide],
    )
    said = wording.say(f"headlines.{_sign(wide)}", value=values["wide"], all=int(wide["with_all"][0]), **gaps)
    return Found(parts=[part], results=[wide, narrow], headlines={"synergy": said})


def _sign(result: Result) -> str:
    transmission = result["transmission"][0]
    if abs(transmission) < 1e-12:
        return "independence"
    return "synergy" if transmission < 0 else "redundancy"


def _sheet(wording: Wording, results: Sequence[Result]) -> Sheet:
    counted = [wording.say(f"sections.helix.{name}") for name in ("with_research", "without_research")]
    known = {name: results[0].table.columns[name] for name in COLUMNS}
    cells = {"counted": counted} | {name: [result[name][0] for result in results] for name in COLUMNS}
    return Sheet("helix", wording.say("sections.helix.sheet"), wording.table(cells, known), results)


SECTION = Section(
    name="helix",
    build=_build,
    needs=[Need(relations=("PARTICIPATES_IN", "PARTY_TO"), kinds=KINDS)],
    metrics=["triple_helix"],
)
