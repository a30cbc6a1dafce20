"""Centrality: how central a node is, and whom it joins."""
