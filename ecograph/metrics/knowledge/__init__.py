"""Knowledge: what universities, industry and government know together."""
