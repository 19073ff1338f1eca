"""The HTTP door: questions in, answers out of the published warehouse, nothing written."""
