"""Two-sided platforms: what one side means to the other."""
