"""Rows: ids, ends, keys, dates and units that do not fit together."""

from collections.abc import Mapping
from typing import Any

from tests.reading.corpus.case import ADD, NODES, TIES, Case, makers, placed

TRANSFERS = "relations/TRANSFERS.csv"
GIVEN = {
    NODES: "id\nada\nbo\ncy\n",
    "nodes/Team.csv": "id\nbo\nt1\n",
    "nodes/Makerspace.csv": "id\nhub\n",
    "nodes/Project.csv": "id\np1\n",
    "nodes/Resource.csv": "id\nroom\n",
}


def ties(content: str, *found: str, file: str = TIES, refused: str = "", manifest: str = "", **held: list[Any]) -> Case:
    """One table of relations between the nodes given."""
    kind = file.partition("/")[2].partition(".")[0]
    case = Case(
        {**GIVEN, file: content},
        tuple(placed(item, file) for item in found),
        placed(refused, file) if refused else "",
        {f"{kind}.{name}": cells for name, cells in held.items()},
    )
    return case.and_manifest(manifest) if manifest else case


def moves(content: str, *found: str, **held: list[Any]) -> Case:
    return ties(content, *found, file=TRANSFERS, **held)


IDS = {
    "ids with spaces around them": makers("id\nada\n ada\nada \n", id=[" ada", "ada", "ada "]),
    "a blank id": makers("id,name\n,a\n  ,b\n1,c\n", "blank_id @ 2 id", "blank_id @ 3 id", id=["1"]),
    "an id twice": makers("id,name\nada,Ada\nada,Bo\n", "duplicate_id @ 3 id", id=["ada"], name=["Ada"]),
    "an id three times": makers("id,name\na,3\na,1\na,2\n", "duplicate_id @ 2 id", "duplicate_id @ 4 id", name=["1"]),
    "equal rows": makers("id,name\nada,Ada\nada,Ada\n", "equal_rows @ 3 id", id=["ada"]),
    "one id in two kinds of a branch": Case(
        {NODES: "id\nada\n", "nodes/Professional.csv": "id\nada\nbo\n"},
        ("duplicate_id nodes/Professional.csv 2 id",),
        holds={"Maker.id": ["ada"], "Professional.id": ["bo"]},
    ),
    "one id in two branches": Case({NODES: "id\nada\n", "nodes/Team.csv": "id\nada\n"}, holds={"Team.id": ["ada"]}),
    "ids that differ in case": makers("id\nAda\nada\nADA\n", id=["ADA", "Ada", "ada"]),
    "a branch that says each leaf": Case(
        {"nodes/Person.csv": "id,kind\nada,创客\nbo,Professional\ncy,Frog\ndee,\n"},
        ("unknown_kind nodes/Person.csv 4 kind", "unknown_kind nodes/Person.csv 5 kind"),
        holds={"Maker.id": ["ada"], "Professional.id": ["bo"]},
    ),
    "a branch that says no leaf": Case(
        {"nodes/Person.csv": "id\nada\n"},
        refused="nodes/Person.csv row 1: Person is Maker, Professional; add a column kind (类型) or make a file of …",
    ),
    "a kind of its own for every row, and another's": makers(
        "id,kind\nada,Maker\nbo,Team\n", "unknown_kind @ 3 kind", id=["ada"]
    ),
}
SPAN = "id,valid_from,valid_to\n"
DATES = {
    "an end before the start": makers(
        SPAN + "a,2024-01-02,2024-01-01\nb,,\n", "ends_before_start @ 2 valid_to", id=["b"]
    ),
    "an end on the day of the start": makers(
        SPAN + "a,2024-01-02,2024-01-02\n", "ends_before_start @ 2 valid_to", id=[]
    ),
    "an end without a start": makers(SPAN + "a,,2024-01-01\n", id=["a"]),
    "an own date that is none": makers(
        SPAN + "a,2024-02-30,\nb,,31/12/2024\n", "bad_date @ 2 valid_from", "bad_date @ 3 valid_to", id=[]
    ),
    "an own date without a zone": makers(SPAN + "a,2024-01-01 09:30,\n", "no_zone @ 2 valid_from", id=[]),
    "a moment that is no date": moves(
        "source,target,at\nada,hub,soon\ncy,hub,2024-01-01\n", "bad_date @ 2 at", source=["cy"]
    ),
    "spans where moments belong": moves(
        "source,target,valid_from,valid_to\nada,hub,2024-01-02,2024-01-01\n",
        *(f"unknown_column @ - {name}" for name in ("valid_from", "valid_to")),
        valid_to=["2024-01-01"],
    ),
    "relations that end before they start": ties(
        "source,target,valid_from,valid_to\nada,cy,2024-01-02,2024-01-01\n", "ends_before_start @ 2 valid_to", source=[]
    ),
}
ENDS = {
    "an unknown end": ties("source,target\nada,eve\nada,cy\n", "unknown_end @ 2 target", target=["cy"]),
    "both ends unknown": ties("source,target\neve,fay\n", "unknown_end @ 2 source", "unknown_end @ 2 target"),
    "a blank end": ties("source,target\nada,\n,cy\n", "blank_end @ 2 target", "blank_end @ 3 source", source=[]),
    "an end in another case": ties("source,target\nADA,cy\n", "unknown_end @ 2 source"),
    "an end with a space": ties("source,target\nada,cy \n", "unknown_end @ 2 target"),
    "an end that fits two kinds": ties("source,target\nada,bo\n", "ambiguous_end @ 2 target"),
    "an end whose kind is said": ties(
        "source,target,target_kind\nada,bo,创客团队\n", target=["bo"], target_kind=["Team"]
    ),
    "an end whose kind is none": ties("source,target,target_kind\nada,bo,Frog\n", "unknown_kind @ 2 target_kind"),
    "an end whose kind is another": ties("source,target,target_kind\nada,cy,Team\n", "unknown_end @ 2 target"),
    "an end that may not stand there": ties("source,target\nada,p1\n", "illegal_end @ 2 target"),
    "ends the wrong way round": ties(
        "source,target\nhub,ada\n", "illegal_end @ 2 source", "illegal_end @ 2 target", file="relations/SETTLED_IN.csv"
    ),
    "a tie to oneself": ties("source,target\nada,ada\n", "self_tie @ 2 target", source=[]),
    "a tie to oneself where it may be": ties(
        "source,target\nhub,hub\n", file="relations/OFFERS_SERVICE.csv", source=["hub"]
    ),
    "equal ties": ties("source,target\nada,cy\ncy,ada\n", "equal_rows @ 3 ", source=["ada", "ada"]),
    "no target": ties("source\nada\n", refused="@ row 1: no column target (终点); found: source" + ADD),
    "a column that is ours": ties(
        "source,target,#\nada,cy,1\n", refused="@ row 1: a column called '#' would hide ecograph's own; rename it"
    ),
    "ties without nodes": Case(
        {TIES: "source,target\na,b\n"}, (f"unknown_end {TIES} 2 source", f"unknown_end {TIES} 2 target")
    ),
    "a key twice": ties("source,target,key\nada,cy,k\ncy,t1,k\n", "duplicate_key @ 3 key", target=["cy"]),
    "a key twice in equal rows": ties("source,target,key\nada,cy,k\nada,cy,k\n", "equal_rows @ 3 key", target=["cy"]),
    "a key here and none there": ties("source,target,key\nada,cy,k\ncy,t1,\n", "blank_key @ 3 key"),
}
RESOURCE = "source,target,resource,amount,unit\n"
UNITS = {
    "a negative amount": moves(RESOURCE + "ada,hub,room,-1,h\n", "below_minimum @ 2 amount", amount=[None]),
    "an amount that is none": moves(RESOURCE + "ada,hub,room,many,h\n", "bad_number @ 2 amount", amount=[None]),
    "an infinite amount": moves(RESOURCE + "ada,hub,room,inf,h\n", "not_finite @ 2 amount", amount=[None]),
    "an amount without a unit": moves(RESOURCE + "ada,hub,room,1,\n", "no_unit @ 2 amount", amount=[1.0]),
    "nothing without a unit": moves(RESOURCE + "ada,hub,room,0,\n", amount=[0.0]),
    "mixed units": moves(RESOURCE + "ada,hub,room,1,h\ncy,hub,room,1,h\nt1,hub,room,1,d\n", "mixed_units @ 4 unit"),
    "mixed units with a factor": ties(
        RESOURCE + "ada,hub,room,1,h\ncy,hub,room,1,h\nt1,hub,room,1,d\n",
        file=TRANSFERS,
        manifest='[[conversions]]\nfrom = "d"\nto = "h"\nfactor = 24\n',
        unit=["h", "h", "d"],
    ),
    "a value without a currency": moves("source,target,value\nada,hub,5\n", "no_unit @ 2 value"),
    "a resource that is none": moves(RESOURCE + "ada,hub,sun,1,h\n", "unknown_reference @ 2 resource", resource=[None]),
    "a stage that is none": ties(
        "source,target,stage\nhub,p1,2\nhub,p1,-1\n",
        "closed_word @ 2 stage",
        file="relations/INCUBATES.csv",
        stage=[None, "-1"],
    ),
    "a share above one": ties(
        "source,target,share_done\np1,hub,1\np1,hub,50\n",
        "above_maximum @ 3 share_done",
        file="relations/PROGRESS.csv",
        share_done=[None, 1.0],
    ),
    "everything wrong in one row": moves(
        "source,target,amount,unit,at\n,eve,-1,,never\n", "below_minimum @ 2 amount", "bad_date @ 2 at"
    ),
}
KINDS = "Known: Actor, Agreement, …, University; rename the table or add the kind to the schema"
FILES: Mapping[str, Case] = {
    "a kind that is none": Case(
        {"nodes/Makr.csv": "id\nada\n"},
        refused=f"nodes/Makr.csv: no kind 'Makr'; did you mean Maker? {KINDS}",
    ),
    "a kind in small letters": Case(
        {"nodes/maker.csv": "id\nada\n"},
        refused=f"nodes/maker.csv: no kind 'maker'; did you mean Maker? {KINDS}",
    ),
    "a relation that is none": Case(
        {NODES: "id\nada\n", "relations/KNOWS.csv": "source,target\nada,ada\n"},
        refused="relations/KNOWS.csv: no relation 'KNOWS'; …; rename the table or add the kind to the schema",
    ),
    "a relation among the nodes": Case(
        {"nodes/COLLABORATES.csv": "source,target\na,b\n"},
        refused="nodes/COLLABORATES.csv: no kind 'COLLABORATES'; …; rename the table or add the kind to the schema",
    ),
    "two files of one kind in two languages": Case(
        {NODES: "id\nada\n", "nodes/创客.csv": "编号\nbo\n"}, holds={"Maker.id": ["ada", "bo"]}
    ),
    "two files of one kind in two formats": Case(
        {NODES: "id\nada\n", "nodes/Maker.tsv": "id\nbo\n"},
        refused="nodes/Maker.tsv: Maker stands in two files; keep one of them, or name both under …",
    ),
    "an id twice in two files": Case(
        {NODES: "id\nada\n", "nodes/创客.csv": "编号\nada\n"},
        ("equal_rows nodes/创客.csv 2 编号",),
        holds={"Maker.id": ["ada"]},
    ),
    "nothing at all": Case(
        {"notes.txt": "hello"}, refused="address=…: no nodes/*.csv or relations/*.csv (or .parquet) in this folder; …"
    ),
}

CASES: dict[str, Case] = {**IDS, **DATES, **ENDS, **UNITS, **FILES}
