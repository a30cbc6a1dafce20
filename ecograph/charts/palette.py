"""Colours people with colour-blindness tell apart, and colours of amounts.

Kinds take the colours of Okabe and Ito (2008), "Color Universal Design"; contrast is that of WCAG 2.2, 1.4.3.
"""

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442")
PAPER = "#FFFFFF"
NOUGHT = "#F4F6F8"
MUCH, MUCH_BELOW = "#08457E", "#A03C00"
GRAPHIC_CONTRAST = 3.0


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(first: str, second: str, share: float) -> str:
    """The first colour with a share of the second."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def luminance(colour: str) -> float:
    """Relative luminance, 0 for black and 1 for white."""
    parts = [part / 255 for part in _channels(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast of two colours, from 1 to 21."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable_on(fill: str) -> str:
    """Black or white, whichever reads better on the fill."""
    return max("#000000", "#FFFFFF", key=lambda colour: contrast(colour, fill))


def inked(colour: str) -> str:
    """The colour, darkened as far as a thin line on white paper needs."""
    shares = (step / 50 for step in range(51))
    darkened = (mixed(colour, "#000000", share) for share in shares)
    return next(ink for ink in darkened if contrast(ink, PAPER) >= GRAPHIC_CONTRAST)


INKS = tuple(inked(colour) for colour in COLOURS)


def shade(value: float, most: float) -> str:
    """Colour of an amount between -most and most: blue above nought, red-brown below."""
    share = min(1.0, abs(value) / most) if most > 0 else 0.0
    return mixed(NOUGHT, MUCH if value >= 0 else MUCH_BELOW, share)
