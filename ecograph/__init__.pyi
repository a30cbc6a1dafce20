# Written by `make generate`; do not edit.

from ecograph.datasets import dataset as dataset
from ecograph.ecosystem import Ecosystem as Ecosystem
from ecograph.ecosystem import from_tables as from_tables
from ecograph.importers.cordis import from_cordis as from_cordis
from ecograph.metrics.centrality.brokerage import brokerage as brokerage
from ecograph.metrics.centrality.degree import degree as degree
from ecograph.metrics.centrality.pagerank import pagerank as pagerank
from ecograph.metrics.flow.throughflow import throughflow as throughflow
from ecograph.metrics.knowledge.triple_helix import triple_helix as triple_helix
from ecograph.metrics.structure.components import components as components
from ecograph.metrics.twosided.concentration import concentration as concentration
from ecograph.page import report as report
from ecograph.registry import repeat as repeat
from ecograph.result import Result as Result
from ecograph.result import load as load
from ecograph.schema import Attribute as Attribute
from ecograph.schema import NodeKind as NodeKind
from ecograph.schema import RelationKind as RelationKind
from ecograph.schema import Schema as Schema
from ecograph.schema import Vocabulary as Vocabulary
from ecograph.schema import Word as Word
from ecograph.stores import read as read
from ecograph.stores import write as write
from ecograph.table import Column as Column
from ecograph.table import Table as Table
from ecograph.views import inverse as inverse
