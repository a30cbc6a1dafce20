"""The compiled core: arrays in, arrays out. Kernels know numpy and nothing else."""
