"""What the peers are measured on: the same seeded ecosystem in the form each program likes best, and the rows."""
