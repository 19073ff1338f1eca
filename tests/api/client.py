from typing import Any

from litestar import Litestar
from litestar.testing import TestClient

from api.app import create_app
from api.settings import ApiSettings
from warehouse.settings import Settings

Client = TestClient[Litestar]
Rows = list[dict[str, Any]]


def create_client(settings: Settings, **environment: str) -> Client:
    """Return a client of an application with these settings, named without FILMOTECA_."""
    api_settings = ApiSettings.from_environment({f"FILMOTECA_{name}": value for name, value in environment.items()})
    return TestClient(create_app(settings, api_settings), raise_server_exceptions=False)


def get_json(client: Client, path: str, **parameters: Any) -> Any:
    """Return the JSON body. The values of lists are joined with commas."""
    query = {
        name: ",".join(map(str, value)) if isinstance(value, list) else value for name, value in parameters.items()
    }
    response = client.get(path, params=query or None)
    assert response.status_code == 200, response.text
    return response.json()


def get_rows(client: Client, path: str, **parameters: Any) -> Rows:
    rows: Rows = get_json(client, path, **parameters)["data"]
    return rows


def get_all_rows(client: Client, path: str, **parameters: Any) -> Rows:
    page = get_json(client, path, **parameters)
    rows: Rows = page["data"]
    while cursor := page["next_cursor"]:
        page = get_json(client, path, **{**parameters, "cursor": cursor})
        rows += page["data"]
    return rows


def get_problem(client: Client, path: str, status: int) -> dict[str, Any]:
    response = client.get(path)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    problem: dict[str, Any] = response.json()
    assert problem["status"] == status
    return problem
