"""The interactive page of the OpenAPI document: what can be asked, and trying it out."""
