"""Separators, quotes, lines, headings and sizes: how the text of a table is cut into cells."""

from tests.reading.corpus.case import ADD, Case, makers

NO_ID = "@ row 1: no column id (编号); found: "
ALLOWED = "stands between the headings; allowed: commas, semicolons, tabs; save it as CSV UTF-8"
OPEN = "a quote is opened and never closed; close it"
GOES_ON = "the cell goes on after its closing quote; write a quote inside a cell twice"
EMPTY = "@: row 1 is empty; the first row names the columns"

SEPARATORS = {
    "commas": makers("id,name\n1,a;b\n", name=["a;b"]),
    "semicolons": makers('id;name\n1;a,b\n2;"c;d"\n', "assumed_separator @ - ", name=["a,b", "c;d"]),
    "tabs": makers("id\tname\n1\ta,b\n", "assumed_separator @ - ", name=["a,b"]),
    "tabs in a .tsv": makers("id\tname\n1\ta\n", "assumed_separator @ - ", file="nodes/Maker.tsv", name=["a"]),
    "semicolons named": makers("id;name\n1;a,b\n", manifest='[reading]\nseparator = ";"\n', name=["a,b"]),
    "one column": makers("id\n1\n2\n", id=["1", "2"]),
    "one column in a .txt": makers("id\n1\n", file="nodes/Maker.txt", id=["1"]),
    "pipes": makers("id|name\n1|a\n", refused=f"@ row 1: '|' {ALLOWED}"),
    "Chinese commas": makers("编号，名称\n1，甲\n", refused=f"@ row 1: '，' {ALLOWED}"),
    "Chinese semicolons": makers("编号；名称\n", refused=f"@ row 1: '；' {ALLOWED}"),
    "Chinese enumeration commas": makers("编号、名称\n", refused=f"@ row 1: '、' {ALLOWED}"),
    "spaces": makers("id name\n1 a\n", refused=NO_ID + "id name" + ADD),
    "semicolons in the headings, commas below": makers(
        "id;name\n1,a\n2;b\n", "assumed_separator @ - ", "wrong_fields @ 2 ", id=["2"]
    ),
    "commas and semicolons in the headings": makers("id;name,age\n", refused=NO_ID + "id;name, age" + ADD),
    "a comma named, semicolons in the file": makers(
        "id;name\n1;a\n", refused=NO_ID + "id;name" + ADD, manifest='[reading]\nseparator = "comma"\n'
    ),
    "a hint to a spreadsheet": makers(
        "sep=;\nid;name\n", refused="@ row 1: 'sep=' is a hint to a program and no heading; delete the row"
    ),
}
QUOTES = {
    "quotes around everything": makers('"id","name"\n"1","a"\n', name=["a"]),
    "a line break in quotes": makers('id,name\n1,"a\nb"\n2,c\n', name=["a\nb", "c"]),
    "a break of two characters in quotes": makers('id,name\r\n1,"a\r\nb"\r\n2,c\r\n', name=["a\r\nb", "c"]),
    "a finding below a line break in quotes": makers('id,name\n1,"a\n\n\nb"\n2\n', "wrong_fields @ 3 ", id=["1"]),
    "doubled quotes": makers('id,name\n1,"say ""hi"""\n2,""""\n', name=['say "hi"', '"']),
    "empty quotes": makers('id,name\n1,""\n2,x\n', name=[None, "x"]),
    "quotes inside a cell without": makers('id,name\n1,5" pipe\n2,a""b\n3,c"\n', name=['5" pipe', 'a""b', 'c"']),
    "a space before the quote": makers('id,name\n1, "a"\n', name=[' "a"']),
    "other quotes": makers("id,name\n1,'a'\n2,“b”\n3,「c」\n", name=["'a'", "“b”", "「c」"]),
    "a heading of two lines": makers('id,"two\nlines"\n1,a\n', "unknown_column @ - two⏎lines"),
    "a quote never closed": makers('id,name\n1,"a\n2,b\n', refused=f"@ row 2, column 'name': {OPEN}"),
    "a quote never closed in the last cell": makers('id,name\n1,a\n2,"', refused=f"@ row 3, column 'name': {OPEN}"),
    "a quote never closed in an id": makers('id,name\n1,a\n"2,b\n', refused=f"@ row 3, column 'id': {OPEN}"),
    "a quote never closed in the headings": makers('id,"name\n1,a\n', refused=f"@ row 1, column 2: {OPEN}"),
    "text after the closing quote": makers('id,name\n1,"a"b\n', refused=f"@ row 2, column 'name': {GOES_ON}"),
    "a space after the closing quote": makers('id,name\n"1" ,a\n', refused=f"@ row 2, column 'id': {GOES_ON}"),
    "a quote behind a backslash": makers('id,name\n1,"a\\"b"\n', refused=f"@ row 2, column 'name': {GOES_ON}"),
    "text after a quote below a line break": makers(
        'id,name\n1,"a\nb"\n2,"c"d\n', refused=f"@ row 3, column 'name': {GOES_ON}"
    ),
}
LINES = {
    "lf": makers("id,name\n1,a\n2,b\n", id=["1", "2"]),
    "cr": makers("id,name\r1,a\r2,b\r", id=["1", "2"]),
    "crlf": makers("id,name\r\n1,a\r\n2,b\r\n", id=["1", "2"], name=["a", "b"]),
    "mixed line endings": makers("id,name\r\n1,a\n2,b\r3,c\n", id=["1", "2", "3"], name=["a", "b", "c"]),
    "lf before cr": makers("id,name\n\r1,a\n\r2\n", "wrong_fields @ 5 ", id=["1"]),
    "no line ending at the end": makers("id,name\n1,a\n2,b", name=["a", "b"]),
    "blank lines": makers("id,name\n\n1,a\n\n\n2\n3,c\n\n\n", "wrong_fields @ 6 ", id=["1", "3"]),
    "lines of commas": makers("id,name\n,\n1,a\n,\n", id=["1"]),
    "lines of spaces": makers("id,name\n  \n1,a\n", "wrong_fields @ 2 ", id=["1"]),
    "a thousand blank lines": makers("id,name\n" + "\n" * 1000 + "1\n", "wrong_fields @ 1002 ", id=[]),
    "empty": makers(b"", refused=EMPTY),
    "nothing but a mark": makers(b"\xef\xbb\xbf", refused=EMPTY),
    "nothing but a line ending": makers(b"\n", refused=EMPTY),
    "nothing but spaces": makers(b"   \n", refused=NO_ID + "nothing" + ADD),
    "nothing but commas": makers(b",,,\n,,,\n", refused=NO_ID + "nothing" + ADD),
    "headings alone": makers("id,name\n", id=[], name=[]),
    "headings without a line ending": makers("id,name", id=[]),
    "headings below a blank line": makers("\nid,name\n1,a\n", refused=EMPTY),
    "a title above the headings": makers("成员名单\nid,name\n1,a\n", refused=NO_ID + "成员名单" + ADD),
    "too few cells": makers("id,name\n1,a\n2\n3,c\n", "wrong_fields @ 3 ", id=["1", "3"]),
    "too many cells": makers("id,name\n1,a\n2,b,c\n3,c\n", "wrong_fields @ 3 ", id=["1", "3"]),
    "a comma too many in every row": makers(
        "id,name\n1,a,\n2,b,\n", *(f"wrong_fields @ {row} " for row in (2, 3)), id=[]
    ),
    "a total at the end": makers("id,name\n1,a\n共1人\n", "wrong_fields @ 3 ", id=["1"]),
    "the headings again": makers("id,name\n1,a\nid,name\n2,b\n", id=["1", "2", "id"]),
    "beyond a thousand rows of wrong length": makers(
        "id,name\n" + "1\n" * 1005, *(f"wrong_fields @ {row} " for row in range(2, 1002)), "wrong_fields @ -  x5", id=[]
    ),
}
HEADINGS = {
    "spaces around headings": makers(" id , name \n1,a\n", id=["1"], name=["a"]),
    "Chinese headings": makers("编号,姓名\n1,甲\n", id=["1"], name=["甲"]),
    "a heading in capitals": makers("ID,name\n1,a\n", refused=NO_ID + "ID, name" + ADD),
    "no id": makers("name\na\n", refused=NO_ID + "name" + ADD),
    "no heading above cells": makers("id,,name\n1,x,a\n", "missing_heading @ 1 ", id=["1"], name=["a"]),
    "no heading above nothing": makers("id,name,,\n1,a,,\n", name=["a"]),
    "a heading twice": makers(
        "id,name,name\n1,a,b\n", "repeated_heading @ 1 name", "repeated_heading @ 1 name", id=["1"]
    ),
    "a heading twice, once above nothing": makers("id,name,name\n1,a,\n", name=["a"]),
    "id twice": makers("id,id\n1,2\n", refused=NO_ID + "nothing" + ADD),
    "a heading in two languages": makers(
        "id,编号\n1,2\n", refused="@ row 1: 'id' and '编号' are the same column; keep one of them"
    ),
    "a name in three languages": makers(
        "id,name,姓名\n1,a,b\n", refused="@ row 1: 'name' and '姓名' are the same column; keep one of them"
    ),
    "an unknown column": makers("id,shoe size\n1,38\n2,39\n", "unknown_column @ - shoe size x2"),
    "a heading with a lost character": makers("id,na\ufffdme\n1,a\n", "unknown_column @ - na\ufffdme"),
    "a heading with control characters": makers("id,a\x1b[31m\n1,a\n", "unknown_column @ - a␛[31m"),
    "a heading as long as a page": makers(f"id,{'x' * 5000}\n1,a\n", f"unknown_column @ - {'x' * 79}…"),
    "a heading longer than a book": makers(
        f"id,{'x' * 2**21}\n1,a\n", refused="@: row 1 is longer than 1,048,576 bytes; the first row names the columns"
    ),
    "a number above the rows": makers(",id\n0,1\n1,2\n", "missing_heading @ 1  x2", id=["1", "2"]),
}


def too_many(limit: str, found: int, allowed: int) -> str:
    advice = f"check the file, or raise {limit} under [limits] in ecosystem.toml"
    return f"{limit}={found:,}; allowed: {allowed:,}; {advice}"


WIDE = ",".join(["id", *(f"c{number}" for number in range(999))])
SIZES = {
    "a thousand columns": makers(
        f"{WIDE}\n1{',' * 999}\n",
        *(f"unknown_column @ - c{number}" for number in sorted(range(999), key=str)),
        id=["1"],
    ),
    "a thousand columns and one": makers(f"{WIDE},x\n", refused="@ row 1: " + too_many("columns", 1001, 1000)),
    "a cell of a megabyte": makers(f"id,name\n1,{'x' * 2**20}\n", name=["x" * 2**20]),
    "a cell of more": makers(
        f"id,name\n1,a\n2,{'x' * (2**20 + 1)}\n",
        refused="@ row 3, column 'name': " + too_many("cell_bytes", 2**20 + 1, 2**20),
    ),
    "a cell of more than a block": makers(
        f'id,name\n1,a\n2,"{"x," * 2**21}"\n',
        refused="@ row 3: the row is longer than 2,097,152 bytes; split it, or check the file",
    ),
    "a row of long cells": makers(
        f"id,{','.join('abcdefgh')}\n1" + f",{'x' * 2**20}" * 8,
        refused="@ row 2: the row is longer than 2,097,152 bytes; split it, or check the file",
    ),
    "a long cell where the limit is low": makers(
        "id,name\n1,abcdef\n",
        refused="@ row 2, column 'name': " + too_many("cell_bytes", 6, 5),
        manifest="[limits]\ncell_bytes = 5\n",
    ),
    "a long word among short ones": makers(
        "id,name\n" + "".join(f"{number},a\n" for number in range(3000)) + "x,abcdef\n",
        refused="@ row 3002, column 'name': " + too_many("cell_bytes", 6, 5),
        manifest="[limits]\ncell_bytes = 5\n",
    ),
    "rows where the limit is low": makers(
        "id\n1\n2\n3\n", refused="@: " + too_many("rows", 3, 2), manifest="[limits]\nrows = 2\n"
    ),
    "rows of wrong length where the limit is low": makers(
        "id\n1,\n2,\n3,\n", refused="@: " + too_many("rows", 3, 2), manifest="[limits]\nrows = 2\n"
    ),
    "columns where the limit is low": makers(
        "id,a,b\n", refused="@ row 1: " + too_many("columns", 3, 2), manifest="[limits]\ncolumns = 2\n"
    ),
    "bytes where the limit is low": makers(
        "id\n1\n2\n", refused="@: " + too_many("file_bytes", 7, 6), manifest="[limits]\nfile_bytes = 6\n"
    ),
    "exactly the limits": makers(
        "id,b\n1,aa\n2,\n",
        "unknown_column @ - b x2",
        manifest="[limits]\nrows = 2\ncolumns = 2\ncell_bytes = 2\nfile_bytes = 13\n",
    ),
    "two hundred thousand rows": makers("id\n" + "\n".join(map(str, range(200_000)))),
}

CASES: dict[str, Case] = SEPARATORS | QUOTES | LINES | HEADINGS | SIZES
