"""The pages that are written by hand, and the blocks of code in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent

BLOCK = re.compile(
    r"(?:^`(?P<file>[^`\n]+)`[:：]\n\n)?^```(?P<language>[a-z]+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Block:
    """A block of code: its language, its text, the line it begins in, and the file it stands for, if it does."""

    language: str
    text: str
    line: int
    file: str | None


def text_of(page: str) -> str:
    return (CHECKOUT / page).read_text(encoding="utf-8")


def blocks(page: str) -> Iterator[Block]:
    text = text_of(page)
    for match in BLOCK.finditer(text):
        yield Block(match["language"], match["text"], text.count("\n", 0, match.start("text")), match["file"])
