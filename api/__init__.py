"""The HTTP API over the published warehouse, which it only reads."""
