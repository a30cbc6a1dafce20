"""The Neo4j store: ecosystems as nodes and relations of a database, beside whatever else it holds.

Every node and relation of ours carries the name of its ecosystem; nothing else is touched. Nodes carry the labels of
their kind and its branch, so that the queries of the packs run on the database as they stand.
"""

from ecograph.stores.neo4j.reading import read
from ecograph.stores.neo4j.record import others
from ecograph.stores.neo4j.store import Plan, Served, plan, remove, served, standing

__all__ = ["Plan", "Served", "others", "plan", "read", "remove", "served", "standing"]
