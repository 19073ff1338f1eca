"""Logging configuration of long-running commands: text for people or JSON lines for machines."""

import logging
import os
from collections.abc import Mapping
from typing import Any

from warehouse.environment import read_choice

LOG = "FILMOTECA_LOG"


class TextFormatter(logging.Formatter):
    """A formatter that appends the request id and build id of the record, if any."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        line = super().formatMessage(record)
        if request_id := getattr(record, "request_id", None):
            line += f" (request {request_id}, build {getattr(record, 'build_id', None)})"
        return line


_FORMATTERS: Mapping[str, dict[str, Any]] = {
    "text": {"()": TextFormatter, "fmt": "%(asctime)s %(levelname)s [%(process)d] %(message)s"},
    "json": {
        "()": "pythonjsonlogger.json.JsonFormatter",
        "format": "%(levelname)s %(name)s %(process)d %(message)s",
        "rename_fields": {"levelname": "level", "name": "logger"},
        "timestamp": "time",
        "json_ensure_ascii": False,
    },
}


def logging_config(environment: Mapping[str, str] = os.environ, **filters: type[logging.Filter]) -> dict[str, Any]:
    """Return a configuration for `logging.config.dictConfig` that logs to stderr, with the given filters.

    FILMOTECA_LOG is `text` (default) or `json`.
    """
    handler = {"class": "logging.StreamHandler", "formatter": "default", "filters": list(filters)}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"default": _FORMATTERS[read_choice(environment, LOG, "text", "json")]},
        "filters": {name: {"()": factory} for name, factory in filters.items()},
        "handlers": {"stderr": handler},
        "loggers": {name: {"handlers": ["stderr"], "level": "INFO"} for name in ("filmoteca", "_granian")},
    }
