from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from tests.api.client import Client

Parameter = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str
    docs: dict[str, Any]

    @property
    def parameters(self) -> list[Parameter]:
        parameters: list[Parameter] = self.docs.get("parameters", [])
        return parameters

    @property
    def examples(self) -> dict[str, Any]:
        """The examples of the parameters, by name. Only parameters that a request needs have examples."""
        return {
            parameter["name"]: next(iter(parameter["examples"].values()))["value"]
            for parameter in self.parameters
            if "examples" in parameter and parameter["schema"]["type"] != "object"
        }

    def url(self, name: str = "", value: str = "") -> str:
        """Return a URL with the examples of the parameters, and the encoded value for the parameter with this name."""
        values = {name: encode(example) for name, example in self.examples.items()} | ({name: value} if name else {})
        path = self.path
        for parameter in self.parameters:
            if parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", values.pop(parameter["name"]))
        query = "&".join(f"{name}={value}" for name, value in values.items())
        return f"{path}?{query}" if query else path

    def send(self, client: Client, url: str) -> httpx.Response:
        return client.request(self.method, url, follow_redirects=False)


def encode(value: Any) -> str:
    return quote(",".join(map(str, value)) if isinstance(value, list) else str(value), safe="")


def read_operations(document: dict[str, Any]) -> list[Operation]:
    return [
        Operation(method.upper(), path, docs)
        for path, item in document["paths"].items()
        for method, docs in item.items()
    ]
