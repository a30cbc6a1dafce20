"""The picture of the README: who joins organisations that do not work together, in the real dataset."""

import ecograph as eg
from ecograph.charts import bars

COORDINATED = (
    "Organisation -PARTICIPATES_IN{role=coordinator}-> Project <-PARTICIPATES_IN{role=participant}- Organisation"
)
SHOWN = 12


def files() -> dict[str, str]:
    """The picture."""
    eco = eg.dataset("cordis-h2020")
    found = eg.brokerage(eco.network(COORDINATED)).top(SHOWN)
    organisations = eco.nodes("Organisation")
    names = dict(zip(organisations["id"], organisations["name"], strict=True))
    drawn = bars(
        [names[id].title() for id in found["id"]],
        found["total"],
        title="Who joins organisations that do not work together",
        measure="pairs without a tie of their own that it joins; 602 projects of Horizon 2020",
        categories=[eco.schema.kind(kind).name for kind in found["kind"]],
    )
    return {"docs/pictures/brokers.svg": f'<?xml version="1.0" encoding="UTF-8"?>\n{drawn.svg}\n'}
