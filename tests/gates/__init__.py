"""The steps of the gate."""
