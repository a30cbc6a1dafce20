"""What `make generate` writes: each module gives the text of some files by their path in the checkout."""
