"""What whoever runs the service may choose, read from the environment once."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from litestar.config.cors import CORSConfig

from api import explain
from api.sql.settings import SqlSettings
from warehouse.errors import FilmotecaError

CORS_ORIGINS: Final = "FILMOTECA_CORS_ORIGINS"
_ORIGIN = re.compile(r"https?://[^/\s,*]+|\*")


@dataclass(frozen=True, slots=True)
class ApiSettings:
    """The choices of one installation of the service."""

    sql: SqlSettings = field(default_factory=SqlSettings)
    is_explaining: bool = True
    """FILMOTECA_EXPLAIN: whether `explain=sql` is answered."""
    cors_origins: tuple[str, ...] = ()
    """FILMOTECA_CORS_ORIGINS: sites whose pages may read the answers, separated by commas; * for all."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "ApiSettings":
        """Read the settings; what is not set keeps its default. Raises FilmotecaError for values that cannot be."""
        origins = tuple(filter(None, (one.strip() for one in environment.get(CORS_ORIGINS, "").split(","))))
        for origin in origins:
            if not _ORIGIN.fullmatch(origin):
                raise FilmotecaError(
                    f"{CORS_ORIGINS} names {origin!r}; right is * or origins like https://example.org, without a path"
                )
        return cls(SqlSettings.from_environment(environment), explain.is_allowed(environment), origins)

    @property
    def cors(self) -> CORSConfig | None:
        """Which answers pages of other sites may read; None if none may."""
        if not self.cors_origins:
            return None
        return CORSConfig(
            allow_origins=list(self.cors_origins),
            allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
            allow_headers=["Content-Type", "If-None-Match"],
            expose_headers=["ETag", "Link", "Filmoteca-Build"],
        )
