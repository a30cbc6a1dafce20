"""Made data with known truth."""
