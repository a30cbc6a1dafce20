"""Charts: SVG from arrays and words, each with a text alternative and its data as a table.

The words are given by the caller, already in a language; ``language`` is that of numbers and of the charts' own words.
"""

from ecograph.charts.bars import bars
from ecograph.charts.chart import Chart
from ecograph.charts.format import number, quantity
from ecograph.charts.funnel import funnel
from ecograph.charts.heat_map import heat_map
from ecograph.charts.interval import interval
from ecograph.charts.layout import layout
from ecograph.charts.lines import lines
from ecograph.charts.network import network
from ecograph.charts.sankey import sankey
from ecograph.charts.scene import Scene, scene

__all__ = [
    "Chart",
    "Scene",
    "bars",
    "funnel",
    "heat_map",
    "interval",
    "layout",
    "lines",
    "network",
    "number",
    "quantity",
    "sankey",
    "scene",
]
