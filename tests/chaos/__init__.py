"""What can go wrong is made to go wrong. `make chaos` runs the long forms, which are marked so; `make test` the rest."""
