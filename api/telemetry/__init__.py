"""Access log, metrics, tracing and health."""
