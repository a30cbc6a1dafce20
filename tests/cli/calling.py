"""What a command left behind, and tables that have everything the options ask for."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

TABLES = {
    "nodes/Maker": """
        id,name,background,took,gave,lost
        ada,Ada,student,5,1,0.5
        bo,Bo,student,0,2,0
        cy,Cy,returnee,1,0,0
        dee,Dee,,0,0,0""",
    "nodes/Enterprise": """
        id,name,took
        ada,Ada Ltd,3""",
    "nodes/Project": """
        id
        p
        q""",
    "nodes/Market": """
        id
        m""",
    "relations/COLLABORATES": """
        source_kind,source,target_kind,target,hours,valid_from,valid_to
        Maker,ada,Maker,bo,2,2024-01-01,2024-06-01
        Maker,bo,Maker,cy,4,2024-03-01,
        Maker,bo,Maker,cy,6,2024-05-01,
        Maker,cy,Enterprise,ada,8,2024-05-01,""",
    "relations/COMPETES": """
        source_kind,source,target_kind,target
        Maker,ada,Maker,cy""",
    "relations/WORKS_ON": """
        source,target,valid_from
        ada,p,2024-01-01
        bo,p,2024-02-01
        bo,q,2024-02-01
        cy,q,2024-07-01""",
    "relations/TRANSFERS": """
        source_kind,source,target_kind,target,amount,unit,at
        Market,m,Maker,ada,30,CNY,2024-02-01
        Maker,ada,Maker,bo,20,CNY,2024-03-01
        Maker,bo,Maker,cy,10,CNY,2024-04-01
        Maker,bo,Maker,cy,,CNY,2024-04-02
        Maker,cy,Enterprise,ada,3,hours,2024-04-03""",
    "nodes/Makerspace": """
        id
        hub
        pier""",
    "relations/SETTLED_IN": """
        source,target,valid_from
        ada,hub,2024-01-01
        bo,hub,2024-01-01
        bo,pier,2024-01-01
        cy,pier,2024-01-01""",
}
MANIFEST = """
[[schema.kinds]]
name = "Actor"
attributes = [
    { name = "took", type = "number", zh = "输入" },
    { name = "gave", type = "number", zh = "输出" },
    { name = "lost", type = "number", zh = "损耗" },
]
"""
BROKEN = {
    "nodes/Maker": TABLES["nodes/Maker"] + "\n        ,Nobody,student,0,0,0",
    "relations/COMPETES": TABLES["relations/COMPETES"] + "\n        Maker,ada,Maker,nobody",
}


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str


Call = Callable[..., Outcome]


def tables(folder: Path, texts: dict[str, str]) -> Path:
    """Write tables, their indentation taken away."""
    for name, text in texts.items():
        path = folder / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(line.strip() for line in text.strip().splitlines()) + "\n", encoding="utf-8")
    (folder / "ecosystem.toml").write_text(MANIFEST, encoding="utf-8")
    return folder
