"""Manifests: `ecosystem.toml` broken in every way."""

from tests.reading.corpus.case import ADD, MANIFEST, NODES, Case

MEND = "; mend the file, which is TOML in UTF-8"
NAMES, TEXTS = (f'; put {what} into double quotes (")' for what in ("names in Chinese", "texts"))
TABLES = {NODES: "id,name\nada,Ada\n", "本.csv": "编号,姓名\nbo,Bo\n"}
NO_TABLE = "is no table; write [{0}] and one line for each setting"
NO_LIST = "{0} is no list of tables; write [[{0}]] above each of them"


def said(manifest: bytes | str, refused: str = "", *found: str, **held: list[str]) -> Case:
    """Two tables, one of which a manifest must name, and what is said of them."""
    message = f"{MANIFEST}: {refused}" if refused else ""
    return Case(
        {**TABLES, MANIFEST: manifest}, found, message, {f"Maker.{name}": cells for name, cells in held.items()}
    )


FORMS = {
    "empty": said("", id=["ada"]),
    "comments alone": said("# 空\n", id=["ada"]),
    "with a mark": said(b"\xef\xbb\xbftitle = '\xe6\xb8\xaf'\n", id=["ada"]),
    "lines that end as in Windows": said("title = 'Hub'\r\n", id=["ada"]),
    "no TOML": said("title = Hub\n", "…" + MEND + TEXTS),
    "YAML": said("title: Hub\n", "…" + MEND),
    "JSON": said('{"title": "Hub"}\n', "…" + MEND + NAMES),
    "a text never closed": said("title = 'Hub\n", "…" + MEND),
    "a table never closed": said("[reading\n", "…" + MEND),
    "a setting twice": said("title = 'a'\ntitle = 'b'\n", "…" + MEND),
    "a table twice": said("[reading]\n[reading]\n", "…" + MEND),
    "a Chinese name without quotes": said('标题 = "港"\n', "…" + MEND + NAMES),
    "a Chinese name without quotes in braces": said('x = { 标题 = "港" }\n', "…" + MEND + NAMES + ", and what …"),
    "a path as in Windows": said('[[files]]\npath = "nodes\\Maker.csv"\n', "…" + MEND + "; write / between folders"),
    "a Chinese name in quotes": said('"标题" = "港"\n', id=["ada"]),
    "Chinese quotes": said("title = “港”\n", "…" + MEND + TEXTS),
    "gbk": said('title = "港"\n'.encode("gbk"), "…" + MEND),
    "utf-16": said('title = "Hub"\n'.encode("utf-16"), "…" + MEND),
    "a nul byte": said(b"title = 'a\0'\n", "…" + MEND),
    "a number of too many digits": said(f"size = {'9' * 5000}\n", "…" + MEND),
    "lists too deep": said(f"size = {'[' * 9999}\n", "lists or tables stand too deep inside each other; mend the file"),
    "tables too deep": said(
        f"size = {'{a=' * 9999}\n", "lists or tables stand too deep inside each other; mend the file"
    ),
    "names too deep": said(
        f"[[limits]]\na{2000 * '.a'} = 1\n", "lists or tables stand too deep inside each other; mend the file"
    ),
    "an unknown table": said(
        "[limit]\nrows = 1\n", "[limit] is no table of settings; allowed: conversions, files, limits, reading, schema"
    ),
    "an unknown list": said(
        "names = []\n", "[names] is no table of settings; allowed: conversions, files, limits, reading, schema"
    ),
    "a table whose name breaks": said(
        '["a\\nb"]\n', "[a⏎b] is no table of settings; allowed: conversions, files, limits, reading, schema"
    ),
    "a day that is none": said('as_of = "soon"\n', "as_of='soon'; write a day, as in as_of = 2026-03-31"),
    "a number for a day": said("as_of = 45321\n", "as_of='45321'; write a day, as in as_of = 2026-03-31"),
    "a day": said("as_of = 2026-03-31\n", id=["ada"]),
    "a snapshot that is none": said(
        'snapshot = "nodes"\n', "snapshot='nodes' is not in the folder; write the ecosystem anew"
    ),
    "a snapshot elsewhere": said(
        'snapshot = "../x"\n', "snapshot='../x' is not in the folder; write the ecosystem anew"
    ),
    "a snapshot that is gone": said(
        'snapshot = "snapshot-0123456789abcdef"\n',
        "snapshot='snapshot-0123456789abcdef' is not in the folder; write the ecosystem anew",
    ),
    "a number for a snapshot": said("snapshot = 3\n", "snapshot='3' is not in the folder; write the ecosystem anew"),
}
ENCODINGS = "'utf-8', 'utf-16', 'utf-16-le', 'utf-16-be', 'gb18030', 'gbk', 'gb2312', 'latin-1'"
WRITTEN = "encoding, separator, decimal, thousands"
READING = {
    "reading is no table": said("reading = 'gbk'\n", "reading='gbk' " + NO_TABLE.format("reading")),
    "reading is a list": said("[[reading]]\n", "reading=[{}] " + NO_TABLE.format("reading")),
    "an unknown setting": said(
        "[reading]\nencodings = 'gbk'\n", f"[reading] 'encodings' is no setting; allowed: {WRITTEN}"
    ),
    "an unknown encoding": said(
        "[reading]\nencoding = 'ebcdic'\n", f"[reading] encoding='ebcdic'; allowed: {ENCODINGS}"
    ),
    "a list of encodings": said("[reading]\nencoding = ['gbk']\n", f"[reading] encoding=['gbk']; allowed: {ENCODINGS}"),
    "a number for an encoding": said("[reading]\nencoding = 936\n", f"[reading] encoding=936; allowed: {ENCODINGS}"),
    "an empty encoding": said("[reading]\nencoding = ''\n", f"[reading] encoding=''; allowed: {ENCODINGS}"),
    "an unknown separator": said(
        "[reading]\nseparator = '|'\n",
        "[reading] separator='|'; allowed: 'comma', 'semicolon', 'tab', ',', ';', '\\t'",
    ),
    "a decimal mark that is none": said("[reading]\ndecimal = ';'\n", "[reading] decimal=';'; allowed: '.', ','"),
    "a mark between thousands that is none": said(
        "[reading]\nthousands = '_'\n", "[reading] thousands='_'; allowed: ',', '.', ' ', \"'\""
    ),
    "one mark for both": said(
        "[reading]\ndecimal = ','\nthousands = ','\n",
        "[reading] decimal and thousands are both ','; give them different marks",
    ),
    "limits are no table": said("limits = 3\n", "limits=3 " + NO_TABLE.format("limits")),
    "an unknown limit": said(
        "[limits]\nrow = 3\n", "[limits] 'row' is no setting; allowed: file_bytes, rows, columns, cell_bytes"
    ),
    "a limit of nothing": said("[limits]\nrows = 0\n", "[limits] rows=0; give a whole number above 0"),
    "half a limit": said("[limits]\nrows = 1.5\n", "[limits] rows=1.5; give a whole number above 0"),
    "a truth for a limit": said("[limits]\nrows = true\n", "[limits] rows=True; give a whole number above 0"),
    "a text for a limit": said("[limits]\nrows = '9'\n", "[limits] rows='9'; give a whole number above 0"),
    "a limit beyond all": said(f"[limits]\nrows = {10**30}\ncell_bytes = {10**30}\n", id=["ada"]),
}
ENTRY = '[[files]]\npath = "本.csv"\nkind = "Maker"\n'
COLUMNS = '{ "编号" = "id", "姓名" = "name" }'
ALL = "path, kind, relation, encoding, separator, decimal, thousands, columns, values, only"
FILES = {
    "a file that is named": said(f"{ENTRY}columns = {COLUMNS}\n", id=["ada", "bo"], name=["Ada", "Bo"]),
    "a value for a file without rows": Case(
        {**TABLES, "本.csv": "编号\n", MANIFEST: ENTRY + 'columns = { "编号" = "id" }\nvalues = { name = "x" }\n'},
        holds={"Maker.id": ["ada"]},
    ),
    "a file that is named twice": said(
        2 * f"{ENTRY}columns = {COLUMNS}\n", "", "equal_rows 本.csv 2 编号", id=["ada", "bo"]
    ),
    "files are no list": said('files = "本.csv"\n', NO_LIST.format("files")),
    "files are a table": said('[files]\npath = "本.csv"\n', NO_LIST.format("files")),
    "files are names": said('files = ["本.csv"]\n', NO_LIST.format("files")),
    "no path": said('[[files]]\nkind = "Maker"\n', "[[files]] 1 has no path; give the file's path inside the folder"),
    "a number for a path": said(
        "[[files]]\npath = 3\n", "[[files]] 1 has no path; give the file's path inside the folder"
    ),
    "no such file": said(
        ENTRY + '[[files]]\npath = "gone.csv"\n',
        "[[files]] 2 path='gone.csv': no such file inside the folder; mend the path",
    ),
    "a path that leads out": said(
        '[[files]]\npath = "../hub/本.csv"\n',
        "[[files]] 1 path='../hub/本.csv': no such file inside the folder; mend the path",
    ),
    "a path from the root": said(
        '[[files]]\npath = "/etc/passwd"\n',
        "[[files]] 1 path='/etc/passwd': no such file inside the folder; mend the path",
    ),
    "a path with a nul": said(
        '[[files]]\npath = "a\\u0000.csv"\n',
        "[[files]] 1 path='a\\x00.csv': no such file inside the folder; mend the path",
    ),
    "a path as long as a page": said(
        f'[[files]]\npath = "{"x" * 5000}.csv"\n',
        f"[[files]] 1 path='{'x' * 79}…': cannot be read (…); check its path and your right to it",
    ),
    "a file of no kind": said(
        '[[files]]\npath = "本.csv"\n',
        "[[files]] 1 path='本.csv': say what its rows are, with kind= for nodes (as Maker) or relation= (as …)",
    ),
    "a kind and a relation": said(
        f'{ENTRY}relation = "TRACKS"\n',
        "[[files]] 1 has a kind and a relation; a file that holds both stands under [[files]] twice",
    ),
    "an unknown setting of a file": said(f"{ENTRY}colums = 3\n", f"[[files]] 1 'colums' is no setting; allowed: {ALL}"),
    "columns are no table": said(
        f"{ENTRY}columns = 3\n", "[[files]] 1 columns=3; write columns = { 'heading' = 'our name' }"
    ),
    "a column is a list": said(
        f"{ENTRY}columns = {{ a = [] }}\n", "[[files]] 1 columns={'a': []}; write columns = { 'heading' = 'our name' }"
    ),
    "a text for a truth": said(f"{ENTRY}only = 'yes'\n", "[[files]] 1 only='yes'; allowed: true, false"),
}
AT = "本.csv row 1: "
NAMED = {
    "a column that is not there": AT + "no column '号', which ecosystem.toml names; found: 编号, 姓名",
    "two names for one column": AT
    + "'编号' and '姓名' would both be the column 'id'; mend columns or values in ecosystem.toml",
    "a column and a value of one name": AT
    + "'编号' and 'id' would both be the column 'id'; mend columns or values in ecosystem.toml",
    "a value without a name": AT + "column 3 has no heading; name it or delete it",
    "no column left": AT + "no column id (编号); found: nothing" + ADD,
    "a name of spaces": AT + "column 1 has no heading; name it or delete it",
    "a kind that is none": "本.csv: no kind 'Wizard'; …; rename the table or add the kind to the schema",
}
SETTINGS = {
    "a column that is not there": 'columns = { "号" = "id" }',
    "two names for one column": 'columns = { "编号" = "id", "姓名" = "id" }',
    "a column and a value of one name": 'columns = { "编号" = "id" }\nvalues = { id = "x" }',
    "a value without a name": 'columns = { "编号" = "id" }\nvalues = { "" = "x" }',
    "no column left": "only = true",
    "a name of spaces": 'columns = { "编号" = " " }',
    "a kind that is none": "",
}
DECLARED = {
    name: Case(
        {**TABLES, MANIFEST: (ENTRY.replace("Maker", "Wizard") if "kind" in name else ENTRY) + SETTINGS[name]},
        refused=message,
    )
    for name, message in NAMED.items()
}
NUMBERS = {
    "zero": "0",
    "a number below zero": "-2",
    "infinity": "inf",
    "no number": "nan",
    "a text": "'2'",
    "a truth": "true",
}
CONVERSION = '[[conversions]]\nfrom = "d"\nto = "h"\nfactor = {0}\n'
CONVERSIONS = {
    f"{name} for a factor": said(
        CONVERSION.format(factor),
        "conversion 1 is {'from': 'd', 'to': 'h', 'factor': …}; give from, to and a factor above 0",
    )
    for name, factor in NUMBERS.items()
} | {
    "a factor beyond all": said(CONVERSION.format(10**400), "conversion 1 is {…; give from, to and a factor above 0"),
    "conversions are no list": said("conversions = 24\n", NO_LIST.format("conversions")),
    "conversions are a table": said("[conversions]\nd = 24\n", NO_LIST.format("conversions")),
    "a conversion without units": said(
        "[[conversions]]\nfactor = 2\n", "conversion 1 is {'factor': 2}; give from, to and a factor above 0"
    ),
    "a conversion to itself": said(
        CONVERSION.format(24).replace('"h"', '"d"'),
        "conversion 1 is {'from': 'd', 'to': 'd', 'factor': 24}; give from, to and a factor above 0",
    ),
    "a conversion twice": said(2 * CONVERSION.format(24), id=["ada"]),
    "two factors for two units": said(
        CONVERSION.format(24) + CONVERSION.format(8),
        "conversion 2 from 'd' to 'h' contradicts another one; keep one of them",
    ),
    "there and back to something else": said(
        CONVERSION.format(24) + '[[conversions]]\nfrom = "h"\nto = "d"\nfactor = 2\n',
        "conversion 2 from 'h' to 'd' contradicts another one; keep one of them",
    ),
    "there and back": said(
        CONVERSION.format(24) + '[[conversions]]\nfrom = "h"\nto = "d"\nfactor = 0.0417\n', id=["ada"]
    ),
}

CASES: dict[str, Case] = FORMS | READING | FILES | DECLARED | CONVERSIONS
