"""Chart: a drawing, what it says in words, and its data; frozen."""

from dataclasses import dataclass
from pathlib import Path

from ecograph.errors import AddressError, ParameterError
from ecograph.table import Table


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, what it says in words, and its data.

    Parameters
    ----------
    svg : str
        The drawing: one ``<svg>`` element without script, style or outside reference.
    alternative : str
        What the drawing says, for those who do not see it.
    table : Table
        The data drawn.
    """

    svg: str
    alternative: str
    table: Table

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        return f'<div style="max-width:700px">{self.svg}</div>'

    def save(self, path: str | Path) -> None:
        """Write the drawing as an SVG file.

        Parameters
        ----------
        path : str or Path
            A name that ends in ``.svg``.

        Raises
        ------
        ParameterError
            If the name ends otherwise.
        AddressError
            If the folder does not exist.
        """
        place = Path(path)
        if place.suffix.lower() != ".svg":
            raise ParameterError(f"path={str(path)!r}; a chart is saved as SVG: end the name in .svg")
        if not place.parent.is_dir():
            raise AddressError(f"path={str(path)!r}: there is no folder {str(place.parent)!r}; make it first")
        place.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{self.svg}\n', encoding="utf-8")
