"""What the warehouse holds: the build that it is, its public tables and their columns."""
