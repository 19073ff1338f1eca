"""The thirteen questions of the assignment, with their paths, parameters and answers in Spanish."""
