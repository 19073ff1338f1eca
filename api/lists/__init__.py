"""The generic list endpoint: filters, sort, keyset cursors, totals and export."""
