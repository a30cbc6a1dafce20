"""Resource flow: what moves through the ecosystem."""
