"""What can go wrong is made to go wrong. `make chaos` runs the long forms, marked so, `make test` the short ones."""
