"""The thirteen questions of the assignment, asked and answered in Spanish."""
