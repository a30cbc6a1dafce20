"""Meeting: whether makers and enterprises find each other without the makerspaces."""

from collections.abc import Sequence

from ecograph.page.holdings import Holdings
from ecograph.page.section import CLOSEST, Found, Need, Part, Section
from ecograph.page.sheet import percent
from ecograph.page.wording import Wording
from ecograph.registry import metric

SETTLES, SUPPLIES = "SETTLED_IN", "SUPPLIES"
JOINING = (CLOSEST, SETTLES, SUPPLIES)  # of maker and enterprise, maker and makerspace, enterprise and makerspace
MOST_TIES = 30_000


def _build(_: Holdings, wording: Wording, __: Sequence[str]) -> Found:
    view = wording.eco.network(*JOINING, direction="both")
    named = zip(("first", "second", "third"), map(wording.relation, JOINING), strict=True)
    over = wording.say("sections.meeting.over", **dict(named))
    ties = len(view.arcs) // 2
    if ties > MOST_TIES:
        left_out = wording.say("page.too_many", what=wording.metric("path_share"), most=MOST_TIES, ties=ties)
        return Found(parts=[Part(sentences=[over, left_out])])
    result = metric("path_share")(view)
    pairs, unjoined = int(result["pairs"][0]), int(result["unjoined"][0])
    if not pairs:
        return Found(parts=[Part(sentences=[over, wording.say("sections.meeting.none")])], results=[result])
    dependent = int(result["dependent"][0])
    gaps = {"pairs": pairs, "dependent": dependent, "part": percent(dependent / pairs), "unjoined": unjoined}
    said = wording.say("sections.meeting.summary", share=percent(result["share"][0]), **gaps)
    rest = wording.say("sections.meeting.unjoined", unjoined=unjoined) if unjoined else ""
    return Found(parts=[Part(sentences=[over, wording.told(said, rest)], results=[result])], results=[result])


SECTION = Section(
    name="meeting",
    build=_build,
    needs=[Need(relations=(CLOSEST,), beside=(SETTLES, SUPPLIES), kinds=("Maker", "Enterprise", "Makerspace"))],
    metrics=["path_share"],
)
