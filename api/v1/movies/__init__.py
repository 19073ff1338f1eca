"""Films: browse, filter, sort, count by facet, and one film with all that belongs to it."""
