"""How wide text is on a screen, where every character has the same width or twice that."""

import unicodedata


def width(text: str) -> int:
    """Places the text takes on the screen: a Chinese character takes two."""
    return sum(1 + (unicodedata.east_asian_width(one) in "WF") for one in text)


def padded(text: str, places: int, side: str = "<") -> str:
    """The text in so many places, to the left side (<) or the right one (>)."""
    space = " " * (places - width(text))
    return space + text if side == ">" else text + space
