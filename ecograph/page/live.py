"""The drawing that answers: what its script is given, and the script itself."""

from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecograph.charts import Scene
from ecograph.charts.marks import SHAPES
from ecograph.charts.palette import COLOURS
from ecograph.page.wording import Wording

CIRCLE_CORNERS = 40
GAPS = {name: f"{{{name}}}" for name in ("node", "count", "shown")}  # filled by the script
WORDS = ("none", "found", "cut", "chosen")
SOURCES = ("vendor/graphology.min.js", "vendor/sigma.min.js", "network.js")
LICENCES = ("graphology", "sigma", "graphology-utils", "events")
# sigma.js cannot even be read where there is no WebGL
GUARD = 'if (document.createElement("canvas").getContext("webgl"))'


def script() -> str:
    """What draws and answers, with the licences of what it holds."""
    licences = [f"/*! {name}\n{_read(f'vendor/{name}.LICENSE.txt')}*/" for name in LICENCES]
    return "\n".join([*licences, f"{GUARD} {{", *map(_read, SOURCES), "}\n"])


def live(drawn: Scene, ids: Sequence[str], wording: Wording) -> dict[str, Any]:
    """What the script draws: nodes by column, both ends of every arc one after the other, and its words.

    Parameters
    ----------
    drawn : Scene
        The network as the still drawing shows it.
    ids : sequence of str
        Id of every node.
    wording : Wording
        The language.

    Returns
    -------
    dict
        Plain data, to be written as JSON.
    """
    styles, counts = drawn.styles, Counter(drawn.kinds)
    return {
        "names": drawn.labels,
        "ids": list(ids),
        "styles": [styles[kind] for kind in drawn.kinds],
        "x": drawn.spots[:, 0].round(1).tolist(),
        "y": drawn.spots[:, 1].round(1).tolist(),
        "areas": drawn.areas.round(1).tolist(),
        "ends": drawn.ends.ravel().tolist(),
        "opacity": round(drawn.opacity, 3),
        "kinds": [
            {
                "name": kind,
                "count": f"{counts[kind]:,}",
                "colour": COLOURS[style % len(COLOURS)],
                "corners": _corners(style).round(3).tolist(),
            }
            for kind, style in styles.items()
        ],
        "words": {name: wording.say(f"network.{name}", **GAPS) for name in WORDS},
    }


def _corners(style: int) -> NDArray[np.float64]:
    """Corners of a mark of area one; a circle has so many that they are not seen."""
    shape = SHAPES[style % len(SHAPES)]
    if shape is not None:
        return shape
    angles = np.linspace(0, 2 * np.pi, CIRCLE_CORNERS, endpoint=False)
    circle: NDArray[np.float64] = np.column_stack([np.cos(angles), np.sin(angles)]) / np.sqrt(np.pi)
    return circle


def _read(name: str) -> str:
    return (files("ecograph.page") / name).read_text(encoding="utf-8")
