"""The bundled sample: real films written by hand in YAML, and the program that makes raw CSVs of them."""
