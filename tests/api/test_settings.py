import re

import pytest

from api.settings import ApiSettings
from warehouse.errors import FilmotecaError


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("SQL", "yes", "must be off, on or local; got 'yes'"),
        ("EXPLAIN", "yes", "must be on or off"),
        ("METRICS", "yes", "must be local, on or off; got 'yes'"),
        ("OTEL", "1", "must be off or on"),
        ("TRUSTED_HOSTS", "http://x", "must list host names like films.example.org or *.example.org without a port"),
        ("TRUSTED_HOSTS", "films.example.org:8000", "got 'films.example.org:8000'"),
        ("TRUSTED_PROXIES", "proxy", "must list addresses like 10.0.0.7 or networks like 10.0.0.0/8; got 'proxy'"),
        ("CORS_ORIGINS", "example.org", "must list origins like https://example.org without a path"),
        ("SQL_ROWS", "10001", "whole number from 1 to 10000"),
        ("SQL_CONCURRENCY", "٣", "whole number from 1 to 64"),
        ("RATE_LIMIT", "-1", "whole number from 0 to 1000000"),
        ("QUERY_SECONDS", "1.5", "whole number from 1 to 3600"),
        ("MEMORY_MB", "lots", "whole number from 64 to 65536"),
    ],
)
def test_invalid_setting_is_rejected(name: str, value: str, expected: str) -> None:
    with pytest.raises(FilmotecaError, match=f"^FILMOTECA_{name} .*{re.escape(expected)}"):
        ApiSettings.from_environment({f"FILMOTECA_{name}": value})


def test_settings_are_read_from_environment() -> None:
    settings = ApiSettings.from_environment(
        {
            "FILMOTECA_SQL": "local",
            "FILMOTECA_SQL_SECONDS": "7",
            "FILMOTECA_EXPLAIN": "off",
            "FILMOTECA_OTEL": "on",
            "FILMOTECA_TRUSTED_HOSTS": "Films.example.org, *.example.net",
        }
    )
    assert settings == ApiSettings(
        sql="local", sql_seconds=7, explain=False, otel=True, trusted_hosts=("films.example.org", "*.example.net")
    )
