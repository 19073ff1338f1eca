"""Programs for developers of this project. Runtime packages never import them."""
