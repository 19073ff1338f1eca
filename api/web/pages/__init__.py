"""The HTML pages, in English and Spanish."""
