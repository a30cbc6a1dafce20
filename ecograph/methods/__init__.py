"""Methods in numpy and scipy: arrays in, arrays out."""
