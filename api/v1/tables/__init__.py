"""The build and the public tables of the warehouse."""
