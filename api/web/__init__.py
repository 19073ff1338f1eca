"""Pages for people: HTML, guide, table documentation, report and API reference."""
