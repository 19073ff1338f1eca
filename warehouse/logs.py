"""How the commands that run for long log: lines for people, or one JSON object a line for machines."""

import logging
import os
from collections.abc import Mapping
from typing import Any

from warehouse.environment import read_choice

LOG = "FILMOTECA_LOG"


class Line(logging.Formatter):
    """A line for people; of a request, it names the request and the build that answers it."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        line = super().formatMessage(record)
        if request_id := getattr(record, "request_id", None):
            line += f" (request {request_id}, build {getattr(record, 'build_id', None)})"
        return line


_FORMATTERS: Mapping[str, dict[str, Any]] = {
    "text": {"()": Line, "fmt": "%(asctime)s %(levelname)s [%(process)d] %(message)s"},
    "json": {
        "()": "pythonjsonlogger.json.JsonFormatter",
        "format": "%(levelname)s %(name)s %(process)d %(message)s",
        "rename_fields": {"levelname": "level", "name": "logger"},
        "timestamp": "time",
        "json_ensure_ascii": False,
    },
}


def logging_config(environment: Mapping[str, str] = os.environ, **filters: type[logging.Filter]) -> dict[str, Any]:
    """What logging.config.dictConfig wants: our loggers on stderr, each record through the filters.

    FILMOTECA_LOG is text (default) or json. Raises FilmotecaError for anything else.
    """
    handler = {"class": "logging.StreamHandler", "formatter": "line", "filters": list(filters)}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": _FORMATTERS[read_choice(environment, LOG, "text", "json")]},
        "filters": {name: {"()": made} for name, made in filters.items()},
        "handlers": {"stderr": handler},
        "loggers": {name: {"handlers": ["stderr"], "level": "INFO"} for name in ("filmoteca", "_granian")},
    }
