"""Views: what one question sees of an ecosystem - a recipe and its arrays, frozen.

They take an ecosystem's content, never an Ecosystem.
"""

from ecograph.views.flows import Flows, flows
from ecograph.views.histories import Histories, histories
from ecograph.views.ledger import Ledger, ledger
from ecograph.views.network import Network, network
from ecograph.views.panel import Panel, SideSizes
from ecograph.views.panel_counts import panel
from ecograph.views.panel_table import panel_from_table
from ecograph.views.records import Records, records
from ecograph.views.roles import Inverse, inverse
from ecograph.views.series import Series
from ecograph.views.sides import Side, Sides, side
from ecograph.views.two_mode import TwoMode, two_mode
from ecograph.views.view import View

__all__ = [
    "Flows",
    "Histories",
    "Inverse",
    "Ledger",
    "Network",
    "Panel",
    "Records",
    "Series",
    "Side",
    "SideSizes",
    "Sides",
    "TwoMode",
    "View",
    "flows",
    "histories",
    "inverse",
    "ledger",
    "network",
    "panel",
    "panel_from_table",
    "records",
    "side",
    "two_mode",
]
