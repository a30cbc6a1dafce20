"""Cypher: the dialect of queries, its gate, and the engine that answers without a server."""
