"""Encodings and characters: what the bytes of a table may be, and what must not be lost of them."""

import codecs

from tests.reading.corpus.case import SAVE, Case, makers

TEXT = "id,name\n1,上海创客\n2,港湾\n"
NAMES = {"id": ["1", "2"], "name": ["上海创客", "港湾"]}
MIXED = ["id,name\n1,众创空间与创客\n".encode(), "2,港湾\n".encode("gb18030")]
NO_TEXT = "@: the bytes are UTF-16 without a mark, or no text at all; " + SAVE
BE, LE = codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE


def named(encoding: str) -> str:
    return f'[reading]\nencoding = "{encoding}"\n'


ENCODINGS = {
    "utf-8": makers(TEXT, **NAMES),
    "utf-8 with a mark": makers(codecs.BOM_UTF8 + TEXT.encode(), **NAMES),
    "utf-8 with two marks": makers(2 * codecs.BOM_UTF8 + TEXT.encode(), **NAMES),
    "utf-16-le with a mark": makers(LE + TEXT.encode("utf-16-le"), **NAMES),
    "utf-16-be with a mark": makers(BE + TEXT.encode("utf-16-be"), **NAMES),
    "utf-16-le named": makers(TEXT.encode("utf-16-le"), manifest=named("utf-16"), **NAMES),
    "utf-16-be named": makers(TEXT.encode("utf-16-be"), manifest=named("UTF-16-BE"), **NAMES),
    "utf-16 named, utf-8 marked": makers(codecs.BOM_UTF8 + TEXT.encode(), manifest=named("utf-16"), **NAMES),
    "gb18030": makers(TEXT.encode("gb18030"), "assumed_encoding @ - ", **NAMES),
    "gbk": makers(TEXT.encode("gbk"), "assumed_encoding @ - ", **NAMES),
    "gbk named": makers(TEXT.encode("gbk"), manifest=named("gbk"), **NAMES),
    "gb18030 of four bytes": makers(
        "id,name\n1,众创空间\n2,㐀𠮷\n".encode("gb18030"), "assumed_encoding @ - ", name=["众创空间", "㐀𠮷"]
    ),
    "big5": makers(TEXT.replace("创", "創").replace("湾", "灣").encode("big5"), "assumed_encoding @ - ", id=["1", "2"]),
    "latin-1 named": makers("id,name\n1,Zoé\n".encode("latin-1"), manifest=named("latin-1"), name=["Zoé"]),
    "utf-8 named latin-1": makers(TEXT, manifest=named("latin-1"), id=["1", "2"]),
    "utf-16-le without a mark": makers(
        "id,name\n1,ada\n".encode("utf-16-le"),
        refused="@ row 1, column 1: the heading holds a NUL byte, as text in UTF-16 without a mark does; " + SAVE,
    ),
    "utf-16-be without a mark": makers(
        "id,name\n1,ada\n".encode("utf-16-be"),
        refused="@ row 1, column 1: the heading holds a NUL byte, as text in UTF-16 without a mark does; " + SAVE,
    ),
    "Chinese utf-16-le without a mark": makers(TEXT.encode("utf-16-le"), refused=NO_TEXT),
    "Chinese utf-16-be without a mark": makers(TEXT.encode("utf-16-be"), refused=NO_TEXT),
    "a picture": makers(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), refused=NO_TEXT),
    "utf-16-le cut in a character": makers(
        LE + TEXT.encode("utf-16-le")[:-3],
        refused="@ row 3, column 'name': the bytes are not UTF-16-LE; " + SAVE,
    ),
    "utf-16-be cut in a character": makers(
        BE + TEXT.encode("utf-16-be")[:-3],
        refused="@ row 3, column 'name': the bytes are not UTF-16-BE; " + SAVE,
    ),
    "utf-32 with a mark": makers(
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        refused="@ row 1, column 1: the heading holds a NUL byte, as text in UTF-16 without a mark does; " + SAVE,
    ),
    "latin-1": makers(
        "id,name\n1,Zoé Müller\n".encode("latin-1"),
        refused="@ row 2, column 'name': the bytes are neither UTF-8 nor GB18030; " + SAVE,
    ),
    "windows-1252": makers(
        "id,name\n1,“ada”\n".encode("cp1252"),
        refused="@ row 2, column 'name': the bytes are neither UTF-8 nor GB18030; " + SAVE,
    ),
    "utf-8 broken in the middle": makers(
        "id,name\n1,创客\n2,港".encode() + b"\xff" + "湾\n3,众创\n".encode(),
        refused="@ row 3, column 'name': the bytes are not UTF-8; " + SAVE,
    ),
    "utf-8 cut in a character": makers(
        "id,name\n1,创客空间\n2,港湾".encode()[:-1],
        refused="@ row 3, column 'name': the bytes are not UTF-8; " + SAVE,
    ),
    "utf-8 broken in the headings": makers(
        b"id,n\xe5ame\n" + "1,创客空间\n".encode(), refused="@ row 1, column 2: the bytes are not UTF-8; " + SAVE
    ),
    "utf-8 broken in an unnamed column": makers(
        b"id,name,\n1," + "创客空间".encode() + b",\xe5\n",
        refused="@ row 2, column 3: the bytes are not UTF-8; " + SAVE,
    ),
    "utf-8 and some gbk": makers(b"".join(MIXED), refused="@ row 3, column 'name': the bytes are not UTF-8; " + SAVE),
    "gbk and some utf-8": makers(
        "id,name\n1,创客\n".encode() + "2,港湾与众创空间\n".encode("gb18030"), "assumed_encoding @ - "
    ),
    "gbk and then utf-8": makers(
        "id,name\n1,港湾\n".encode("gb18030") + "2,创\n".encode(),
        refused="@ row 3, column 'name': the bytes are neither UTF-8 nor GB18030; " + SAVE,
    ),
    "gbk cut in a character": makers(
        TEXT.encode("gbk")[:-2], refused="@ row 3, column 'name': the bytes are neither UTF-8 nor GB18030; " + SAVE
    ),
    "gbk named utf-8": makers(
        TEXT.encode("gbk"),
        refused="@ row 2, column 'name': the bytes are not UTF-8; " + SAVE,
        manifest=named("utf-8"),
    ),
    "utf-8 named gb18030": makers(
        "id,name\n1,创\n",
        refused="@ row 2, column 'name': the bytes are not GB18030; " + SAVE,
        manifest=named("gb18030"),
    ),
    "a zero of two bytes": makers(
        "id,name\n1,众创空间".encode() + b"\xc0\x80\n",
        refused="@ row 2, column 'name': the bytes are not UTF-8; " + SAVE,
    ),
}

ZALGO = "a" + "\u0301" * 500
CHARACTERS = {
    "a nul byte in a name": makers(b"id,name\n1,a\0b\n2,b\n", "nul_character @ 2 name", name=[None, "b"]),
    "a nul byte in an id": makers(b"id,name\n1\0,a\n2,b\n", "blank_id @ 2 id", "nul_character @ 2 id", id=["2"]),
    "nothing but nul bytes": makers(
        b"\0" * 1000,
        refused="@ row 1, column 1: the heading holds a NUL byte, as text in UTF-16 without a mark does; " + SAVE,
    ),
    "rows of nul bytes at the end": makers(
        b"id\n1\n" + b"\0" * 100, "blank_id @ 3 id", "nul_character @ 3 id", id=["1"]
    ),
    "a lone surrogate in utf-8": makers(b"id,name\n1,a\xed\xa0\x80b\n", "lost_character @ 2 name", id=["1"]),
    "a lone surrogate in utf-16": makers(
        LE + "id,name\n1,a\ud800b\n".encode("utf-16-le", "surrogatepass"), "lost_character @ 2 name", name=["a\ufffdb"]
    ),
    "a pair of surrogates in utf-8": makers(
        b"id,name\n1,\xed\xa0\xbd\xed\xb8\x80\n", "lost_character @ 2 name", id=["1"]
    ),
    "a lost character": makers("id,name\n1,a\ufffd\n", "lost_character @ 2 name", name=["a\ufffd"]),
    "a lost character in an id": makers("id\na\ufffd\n", "lost_character @ 2 id", id=["a\ufffd"]),
    "control characters": makers("id,name\n1,\x01\x02\x1b[31m\x7f\x9b\n", name=["\x01\x02\x1b[31m\x7f\x9b"]),
    "breaks of lines that are none": makers("id,name\n1,a\x0bb\x0cc\x85d\u2028e\n", name=["a\x0bb\x0cc\x85d\u2028e"]),
    "combining marks": makers(f"id,name\n1,{ZALGO}\n", name=[ZALGO]),
    "composed and decomposed": makers("id\nZo\u00e9\nZoe\u0301\n", id=["Zoe\u0301", "Zo\u00e9"]),
    "right to left": makers("id,name\nשלום,\u202eمرحبا\u202c\n", id=["שלום"], name=["\u202eمرحبا\u202c"]),
    "emoji": makers("id,name\n👩‍💻,👨‍👩‍👧‍👦🏳️‍🌈\n", id=["👩‍💻"], name=["👨‍👩‍👧‍👦🏳️‍🌈"]),
    "zero-width": makers("id\na\na\u200b\n\u2060a\n", id=["a", "a\u200b", "\u2060a"]),
    "beyond the last plane's last letter": makers(
        "id,name\n1,\U0010ffff\ufffe\ue000\n", name=["\U0010ffff\ufffe\ue000"]
    ),
    "full-width digits and letters": makers("id\n１\n1\nＡ\n", id=["1", "１", "Ａ"]),
    "a byte-order mark in a cell": makers("id,name\n1,\ufeffada\n", name=["\ufeffada"]),
    "formulas": makers(
        "id,name\n=cmd|' /C calc'!A0,@SUM(A1)\n+1,-2\n",
        id=["+1", "=cmd|' /C calc'!A0"],
        name=["-2", "@SUM(A1)"],
    ),
    "scripts": makers('id,name\n<script>,"{{7*7}} ${x} %s {0} \'; DROP TABLE"\n', id=["<script>"]),
    "leading zeros": makers("id\n007\n7\n7.0\n", id=["007", "7", "7.0"]),
    "names that mean nothing elsewhere": makers(
        "id,name\nNA,null\nnan,None\nN/A,#N/A\nTRUE,-\n",
        id=["N/A", "NA", "TRUE", "nan"],
        name=["#N/A", "null", "-", "None"],
    ),
    "numbers that a spreadsheet changes": makers("id\n1E5\n100000\n0x1F\n1-2\n", id=["0x1F", "1-2", "100000", "1E5"]),
}

CASES: dict[str, Case] = ENCODINGS | CHARACTERS
