"""The resource API, in English."""
