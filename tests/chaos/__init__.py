"""Fault injection. `make chaos` runs the long variants (marked `chaos`), `make test` the short ones."""
