"""Settings of the API."""

import re

import pytest

from api.settings import ApiSettings
from warehouse.errors import FilmotecaError


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("METRICS", "yes", "must be local, on or off; got 'yes'"),
        ("ACCESS_LOG", "yes", "must be off or on"),
        ("OTEL", "1", "must be off or on"),
        ("TRUSTED_HOSTS", "http://x", "names 'http://x'; right is names like films.example.org"),
        ("TRUSTED_HOSTS", "films.example.org:8000", "no port"),
        ("TRUSTED_PROXIES", "proxy", "names 'proxy'; right is addresses like 10.0.0.7"),
        ("RATE_LIMIT", "-1", "whole number from 0 to 1000000"),
        ("BODY_KB", "1", "whole number from 16 to 16384"),
        ("HEADER_SECONDS", "0", "whole number from 1 to 600"),
        ("QUERY_SECONDS", "1.5", "whole number from 1 to 3600"),
        ("MEMORY_MB", "lots", "whole number from 64 to 65536"),
        ("CACHE_MB", "0", "whole number from 1 to 16384"),
        ("THREADS", "0", "whole number from 1 to 512"),
    ],
)
def test_invalid_setting_is_rejected(name: str, value: str, expected: str) -> None:
    with pytest.raises(FilmotecaError, match=f"^FILMOTECA_{name} .*{re.escape(expected)}"):
        ApiSettings.from_environment({f"FILMOTECA_{name}": value})
