"""People of the cast and the crew: who they are, what they made, and what it returned."""
