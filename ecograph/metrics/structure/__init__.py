"""Structure: what a network is made of."""
