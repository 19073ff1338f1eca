"""Metrics, tracing and health checks."""
