"""HTTP: ASGI middlewares, problem documents, query parameters, content negotiation and OpenAPI helpers."""
