"""Names: how a name reads once case, accents, punctuation and the legal form of a company are taken off."""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ACCENTS = re.compile("[\u0300-\u036f]")
WORD = re.compile(r"[^\W_]+")
ROMAN = re.compile(r"[ivx]+")
NUMBER = re.compile(r"\d+")
LETTERS = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
LONGEST = 4  # words that make one form: sp. z o.o.


@dataclass(frozen=True, slots=True)
class Forms:
    """Legal forms: words after and before a name, and the ends and beginnings of names without spaces."""

    after: frozenset[str]
    before: frozenset[str]
    joined: re.Pattern[str]


@cache
def _forms() -> Forms:
    told = tomllib.loads((files("ecograph.ecosystem") / "suffixes.toml").read_text(encoding="utf-8"))
    ends, beginnings = ("|".join(told[name]) for name in ("joined", "joined_before"))
    return Forms(frozenset(told["after"]), frozenset(told["before"]), re.compile(f"(?:{ends})+$|^(?:{beginnings})"))


def words(name: str) -> list[str]:
    """Words of a name: runs of letters and digits in Unicode's form KC, case folded and without accents.

    Examples
    --------
    >>> words("Société  Générale (S.A.)"), words("海尔（集团）公司")
    (['societe', 'generale', 's', 'a'], ['海尔', '集团', '公司'])
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    plain = ACCENTS.sub("", unicodedata.normalize("NFKD", folded))
    return WORD.findall(unicodedata.normalize("NFC", plain).translate(LETTERS))


def without_form(name: Sequence[str]) -> list[str]:
    """Words of a name without the legal form of the company; a name that is nothing else stays.

    Examples
    --------
    >>> without_form(words("Müller GmbH & Co. KG")), without_form(words("海尔集团股份有限公司"))
    (['muller'], ['海尔'])
    """
    found = list(name)
    while (shorter := _shorter(found)) != found:
        found = shorter
    return found


def _shorter(name: list[str]) -> list[str]:
    forms = _forms()
    for count in range(min(LONGEST, len(name) - 1), 0, -1):
        if "".join(name[-count:]) in forms.after:
            return name[:-count]
    if len(name) > 1 and name[0] in forms.before:
        return name[1:]
    bare = [word for word in (forms.joined.sub("", word) for word in name) if word]
    return bare or name


def numbers(name: Sequence[str]) -> tuple[str, ...]:
    """Numbers in a name, in figures, Chinese and Roman.

    Examples
    --------
    >>> numbers(words("Paris VI, 2nd")), numbers(words("第三中学"))
    (('2', 'vi'), ('三',))
    """
    found = [part for word in name for part in NUMBER.findall(word)]
    found += [letter for word in name for letter in word if letter.isnumeric() and not letter.isdigit()]
    return tuple(sorted([*found, *(word for word in name if ROMAN.fullmatch(word))]))
