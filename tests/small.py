"""A small ecosystem written by hand, and the rows of every shipped query on it, worked out by hand."""

from datetime import date
from functools import cache
from typing import Any

import ecograph as eg
from ecograph.ecosystem import Ecosystem

TODAY = "2025-06-30"
NODES = {
    "Maker": ["ada", "bo", "cy", "dee", "eve", "flo"],
    "Professional": ["ted", "tess"],
    "Team": ["t1"],
    "Enterprise": ["e1", "e2"],
    "University": ["u1"],
    "PublicBody": ["gov"],
    "Makerspace": ["den", "hub", "lab"],
    "ExternalPlatform": ["park"],
    "Project": ["p1", "p2", "p3", "p4", "p5"],
    "Resource": ["r1", "r2", "r3", "r4"],
    "Skill": ["k1", "k2", "k3", "k4"],
    "Event": ["v1", "v2", "v3", "v4"],
    "Agreement": ["g1", "g2", "g3", "g4", "g5"],
    "Problem": ["q1", "q2", "q3", "q4", "q5"],
}
ATTRIBUTES = {
    "Makerspace": {"mode": {"hub": "training"}},
    "Project": {"expected_cycle": {"p1": "100", "p2": "1000", "p3": "400", "p4": "10"}},
    "Resource": {"category": {"r1": "talent", "r2": "capital", "r3": "talent", "r4": "space"}},
    "Skill": {"area": {"k3": "operation"}},
    "Event": {"format": {"v1": "lecture"}},
    "Agreement": {"valid_to": {"g1": "2025-07-31"}},
    "Problem": {"name": {"q1": "mould"}},
}
SPAN, MOMENT = "source target valid_from valid_to", "source target at"
COLUMNS = {
    "INCUBATES": f"{SPAN} stage",
    "SUPPLIES": f"key {SPAN} resource amount unit",
    "DEMANDS": f"key {SPAN} resource amount unit",
    "PARTICIPATES_IN": f"{SPAN} role amount unit",
    "TRANSFERS": f"{MOMENT} resource amount unit value currency",
    "INVESTS_IN": f"{MOMENT} amount unit",
    "PROGRESS": f"{MOMENT} share_done",
    **dict.fromkeys(("RAISES", "ANSWERS", "COMMUNICATES", "GIVES_FEEDBACK", "HOSTS", "ATTENDS"), MOMENT),
}
"""Columns of each relation kind; those of the others are of a span."""
RELATIONS = {
    "INCUBATES": """
        hub p1 2025-01-01 - 0
        den p2 2024-01-01 2025-01-01 -1
        hub p2 2025-01-01 - 0
        hub p3 2024-03-01 - 1
        hub p4 2024-01-01 2025-06-30 1
        hub p5 2025-06-30 - -1""",
    "TRACKS": """
        tess p1 2025-01-01 -
        ted p2 2025-01-01 2025-03-01
        tess p3 - -
        tess p3 2025-05-01 -
        ted p3 2025-02-01 -
        ted p4 2025-01-01 -
        tess p4 2025-01-01 -
        tess p5 2025-07-01 -""",
    "SETTLED_IN": """
        ada hub 2025-01-01 -
        bo hub 2025-01-01 -
        bo hub 2025-02-01 -
        bo den 2025-05-01 -
        cy den - -
        dee den 2024-01-01 2025-01-01
        eve hub 2025-06-01 -
        eve lab 2025-06-20 -
        flo den 2025-06-01 -
        t1 hub 2025-01-01 2025-05-01
        t1 den 2025-01-01 2025-05-01
        t1 den 2025-06-01 -""",
    "COLLABORATES": """
        cy ted 2024-01-01 2025-01-01
        ada eve 2025-06-01 -
        ada flo 2025-06-01 -""",
    "DOCKS_WITH": """
        den park 2024-01-01 2025-06-30
        hub park 2025-01-01 -""",
    "MENTORS": """
        tess ada 2025-01-01 -
        tess ada 2025-03-01 -
        tess bo - -
        tess p1 2025-01-01 -
        ted p2 2025-01-01 2025-06-30
        ada bo 2025-01-01 -""",
    "TEACHES": """
        tess ada 2025-01-01 -
        ted bo 2024-01-01 2024-03-01
        ted cy 2024-01-01 2025-02-01
        ada flo 2024-01-01 2024-02-01
        cy dee 2024-01-01 2024-06-01""",
    "WORKS_ON": """
        ada p1 2025-01-01 -
        t1 p1 2025-01-01 -
        cy p2 - -
        bo p3 2025-01-01 2025-02-01
        ada p4 2024-01-01 2025-06-30
        dee p4 2024-01-01 2025-06-30""",
    "MEMBER_OF": "bo t1 2025-01-01 2025-06-01",
    "REQUIRES": """
        p1 k1 - -
        p1 k2 - -
        p2 k1 - -
        p2 k4 2024-01-01 2025-06-30
        p3 k3 - -
        p3 k4 - -""",
    "HAS_SKILL": """
        ada k1 - -
        bo k2 - -
        dee k1 - -
        dee k2 - -
        ted k4 - -
        cy k1 2025-07-01 -""",
    "PARTY_TO": """
        e1 g1 2025-01-01 2025-08-01
        p1 g1 2025-01-01 2025-08-01
        e2 g2 2024-01-01 -
        t1 g2 2024-01-01 -
        e1 g3 - -
        p2 g3 - -
        e1 g4 2024-01-01 2025-06-30
        p3 g4 2024-01-01 2025-06-30
        e2 g5 2025-01-01 2025-07-15
        p3 g5 2025-01-01 2025-07-10""",
    "SUPERVISES": """
        gov g1 2025-01-01 2025-08-01
        e2 g2 2024-01-01 -
        gov g3 2024-01-01 2025-01-01
        gov g5 2025-01-01 -""",
    "INTENDS": """
        e1 p1 2025-01-01 -
        e2 p1 2025-02-01 -
        e2 p2 2025-05-01 -
        e1 p3 2024-01-01 2025-01-01
        e2 p3 2025-01-01 -
        e2 p4 2024-07-01 -""",
    "PARTICIPATES_IN": """
        e1 p1 2025-01-01 - coordinator 100.6 CNY
        e2 p1 2025-01-01 - participant 50 CNY
        e1 p2 2025-01-01 - coordinator 10.5 CNY
        e2 p3 2024-01-01 2025-01-01 participant 5 CNY
        u1 p1 - - participant - -""",
    "SUPPLIES": """
        s1 e1 hub 2025-01-01 - r1 100 hours
        s2 e2 hub 2025-01-01 2025-06-01 r2 10 CNY
        s3 e2 den - - r3 5 hours
        s4 ada hub 2025-01-01 - r3 2 hours
        s5 gov lab 2025-06-15 2026-01-01 r4 7 m2
        s6 e1 den 2025-01-01 - r3 4 hours""",
    "DEMANDS": """
        d1 ada hub 2025-01-15 - r1 40 hours
        d2 bo hub 2025-01-15 - r1 5 hours
        d3 cy den - - r3 5 hours
        d4 cy hub 2025-01-01 2025-06-30 r2 3 CNY
        d5 p1 hub 2025-06-30 - r2 3 CNY
        d6 ada den 2024-12-01 - r4 1 m2""",
    "TRANSFERS": """
        e1 ada 2025-02-01 r1 30 hours 300 CNY
        e1 bo 2025-07-02 r1 20 hours - -
        e1 bo 2025-02-02 r1 7 CNY 7 CNY
        e2 cy 2024-05-01 r3 5 hours 9 CNY
        ada cy 2024-12-31 r3 1 hours - -""",
    "INVESTS_IN": """
        e1 p1 2025-03-01 1000 CNY
        e2 p1 2025-03-02 500 CNY
        e1 p2 2024-06-01 200 CNY
        e1 p4 2025-06-30 50 CNY
        ada p3 2025-07-01 9 CNY
        gov p2 2025-01-01 80 USD
        e1 e2 2025-01-01 70 CNY""",
    "PROGRESS": """
        p2 hub 2025-03-01 0.5
        p2 hub 2025-07-01 0.6""",
    "GIVES_FEEDBACK": """
        tess p1 2025-05-31
        tess p3 2025-04-01
        ted p3 2025-01-15
        ted p3 2025-07-01""",
    "RAISES": """
        p1 q1 2025-01-10
        p1 q2 2025-06-20
        p2 q3 2025-05-01
        p2 q4 2025-07-01
        p3 q5 2025-03-01""",
    "ANSWERS": """
        ada q1 2025-02-01
        ada q3 2025-07-05
        bo q5 2025-02-01""",
    "COMMUNICATES": """
        cy ada 2024-12-01
        ada tess 2025-06-01
        ada tess 2025-06-10
        ada ted 2025-06-20""",
    "HOSTS": """
        hub v1 2025-06-01
        hub v2 2025-03-01
        den v3 2025-07-01
        den v4 2025-05-15""",
    "ATTENDS": """
        ada v1 2025-06-01
        cy v1 2025-06-01
        ted v1 2025-06-01
        tess v1 2025-06-01
        bo v2 2025-03-01""",
}

GOLDEN: dict[str, list[tuple[Any, ...]]] = {
    "tracking/untracked": [
        ("p2", None, date(2025, 1, 1), date(2025, 3, 1)),
        ("p5", None, date(2025, 6, 30), None),
    ],
    "tracking/doubly_tracked": [("p3", None, ["ted", "tess"], 2)],
    "tracking/unanswered_problems": [
        ("q5", "p3", date(2025, 3, 1), 121),
        ("q3", "p2", date(2025, 5, 1), 60),
        ("q2", "p1", date(2025, 6, 20), 10),
    ],
    "tracking/overdue_feedback": [
        ("p3", "ted", date(2025, 2, 1), date(2025, 1, 15), 149),
        ("p3", "tess", None, date(2025, 4, 1), 90),
    ],
    "tracking/tracker_load": [("tess", "Professional", 2, ["p1", "p3"])],
    "docking/idle_supply": [
        ("e1", "Enterprise", "hub", "r1", 100.0, 70.0, "hours", "s1"),
        ("ada", "Maker", "hub", "r3", 2.0, 2.0, "hours", "s4"),
        ("e1", "Enterprise", "den", "r3", 4.0, 4.0, "hours", "s6"),
        ("gov", "PublicBody", "lab", "r4", 7.0, 7.0, "m2", "s5"),
    ],
    "docking/unmet_demand": [("p1", "Project", "hub", "r2", 3.0, 3.0, "CNY", date(2025, 6, 30), "d5")],
    "docking/single_supplier": [("r1", None, "e1", 2), ("r4", None, "gov", 1)],
    "docking/scarce_resources": [("r2", None, "capital", 1, 3.0, 0, 0.0, "CNY")],
    "docking/time_to_match": [("capital", 1, 0, 0, None)],
    "docking/undocked_makerspaces": [("den", None, 3, date(2025, 6, 30)), ("lab", None, 1, None)],
    "talent/isolated_makers": [("bo", "den"), ("cy", "den"), ("bo", "hub")],
    "talent/missing_skills": [("p1", "k2", None, 2), ("p2", "k1", None, 2)],
    "talent/mentor_load": [("tess", "Professional", 2, 1, 3), ("ada", "Maker", 1, 0, 1)],
    "talent/bridging_makers": [("ada", 3, 2)],
    "talent/partner_suggestions": [
        ("p1", "k2", "bo", "Maker", True),
        ("p1", "k2", "dee", "Maker", False),
        ("p2", "k1", "ada", "Maker", True),
        ("p2", "k1", "dee", "Maker", False),
        ("p3", "k4", "ted", "Professional", False),
    ],
    "talent/unmentored_newcomers": [
        ("flo", "den", date(2025, 6, 1)),
        ("eve", "hub", date(2025, 6, 1)),
        ("eve", "lab", date(2025, 6, 20)),
    ],
    "talent/single_holders": [("k4", None, "ted", 1)],
    "agreements/unsupervised": [("g2", None, ["e2", "t1"]), ("g3", None, ["e1", "p2"])],
    "agreements/expiring": [
        ("g5", None, date(2025, 7, 15), 15, 2),
        ("g1", None, date(2025, 7, 31), 31, 2),
    ],
    "agreements/unsigned_intentions": [
        ("e2", "p4", date(2024, 7, 1), 364),
        ("e2", "p1", date(2025, 2, 1), 149),
    ],
    "incubation/stage_funnel": [("-1", 2, 1), ("0", 2, 2), ("1", 2, 1)],
    "incubation/stalled": [("p2", None, "0", date(2025, 3, 1), 121)],
    "incubation/beyond_expected_cycle": [
        ("p3", None, date(2024, 3, 1), 486, 400.0, 86.0),
        ("p1", None, date(2025, 1, 1), 180, 100.0, 80.0),
    ],
    "incubation/ties_after_graduation": [("p4", "hub", date(2025, 6, 30), 2, 1, 1)],
    "two_sides/multi_homing": [("bo", 2, ["den", "hub"]), ("eve", 2, ["hub", "lab"])],
    "two_sides/new_members": [
        ("den", "SETTLED_IN", "Maker", "bo", date(2025, 5, 1)),
        ("den", "SETTLED_IN", "Maker", "flo", date(2025, 6, 1)),
        ("hub", "SETTLED_IN", "Maker", "eve", date(2025, 6, 1)),
        ("lab", "SETTLED_IN", "Maker", "eve", date(2025, 6, 20)),
        ("lab", "SUPPLIES", "PublicBody", "gov", date(2025, 6, 15)),
    ],
    "two_sides/lost_members": [
        ("hub", "SETTLED_IN", "Team", "t1", date(2025, 5, 1)),
        ("hub", "SUPPLIES", "Enterprise", "e2", date(2025, 6, 1)),
    ],
    "two_sides/largest_suppliers": [
        ("e1", "Enterprise", 2, 2, 2),
        ("e2", "Enterprise", 1, 1, 1),
        ("ada", "Maker", 1, 1, 1),
        ("gov", "PublicBody", 1, 1, 1),
    ],
    "two_sides/sizes": [
        ("den", None, None, 3, 2),
        ("hub", None, "training", 3, 2),
        ("lab", None, None, 1, 1),
    ],
    "knowledge/gaps_by_project": [("p1", None, 2, 1, ["k2"]), ("p2", None, 1, 1, ["k1"])],
    "knowledge/scarce_skills": [("k3", None, "operation", 1, 0)],
    "knowledge/unused_teachers": [
        ("ted", "Professional", 2, date(2025, 2, 1)),
        ("cy", "Maker", 1, date(2024, 6, 1)),
    ],
    "events/attendance": [
        ("v1", "lecture", "hub", date(2025, 6, 1), 4, 1),
        ("v4", None, "den", date(2025, 5, 15), 0, 0),
    ],
    "events/follow_up_ties": [("v1", "lecture", date(2025, 6, 1), 1)],
    "events/quiet_makerspaces": [("lab", None, None, 1)],
    "money/flows_by_kind": [("Enterprise", "Maker", "CNY", 2, 307.0), ("Maker", "Maker", None, 1, 0.0)],
    "money/investment_by_stage": [
        ("-1", "CNY", 1, 1, 200.0),
        ("0", "CNY", 2, 1, 1500.0),
        ("0", "USD", 1, 1, 80.0),
        (None, "CNY", 1, 1, 50.0),
    ],
    "money/uninvested_projects": [("p3", None, date(2024, 3, 1))],
    "money/grants_by_kind": [
        ("Enterprise", "coordinator", "CNY", 1, 2, 110),
        ("Enterprise", "participant", "CNY", 1, 1, 50),
        ("University", "participant", None, 1, 1, 0),
    ],
}


@cache
def small() -> Ecosystem:
    """A few actors around three makerspaces; a hyphen is a missing cell."""
    relations = {name: _table(text, COLUMNS.get(name, SPAN).split()) for name, text in RELATIONS.items()}
    nodes = {kind: {"id": ids} | _attributes(kind, ids) for kind, ids in NODES.items()}
    eco = eg.from_tables(nodes=nodes, relations=relations)
    return Ecosystem(eco.content, eco.quality, {"as_of": TODAY})


def _attributes(kind: str, ids: list[str]) -> dict[str, list[str | None]]:
    return {name: [cells.get(one) for one in ids] for name, cells in ATTRIBUTES.get(kind, {}).items()}


def _table(text: str, names: list[str]) -> dict[str, list[str | None]]:
    rows = [[None if cell == "-" else cell for cell in line.split()] for line in text.strip().splitlines()]
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
