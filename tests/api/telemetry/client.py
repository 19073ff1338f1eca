"""A client of an application with settings."""

from litestar import Litestar
from litestar.testing import TestClient

from api.app import create_app
from api.settings import ApiSettings
from warehouse.settings import Settings

Client = TestClient[Litestar]


def create_client(settings: Settings, **environment: str) -> Client:
    api_settings = ApiSettings.from_environment({f"FILMOTECA_{name}": value for name, value in environment.items()})
    return TestClient(create_app(settings, api_settings), raise_server_exceptions=False)
