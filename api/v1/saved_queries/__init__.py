"""The API's own queries, for whoever wants to run them: over HTTP, or by `python -m api.v1.saved_queries`."""
