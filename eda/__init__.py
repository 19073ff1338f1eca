"""The exploratory report: what the marts say of the films, as pages that open from disk."""
