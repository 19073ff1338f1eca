"""`python -m api.telemetry.healthcheck`: exit with 0 if the server on this machine's PORT is ready, else with 1."""

import http.client
import os
import sys
from collections.abc import Sequence

from warehouse.errors import FilmotecaError, run_command

TIMEOUT_SECONDS = 4


def main(_arguments: Sequence[str]) -> int:
    """Request /health/ready and print the response."""
    port = os.environ.get("PORT", "8000")
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", "/health/ready")
        response = connection.getresponse()
        body = response.read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        raise FilmotecaError(f"no response from port {port} ({str(error) or type(error).__name__})") from None
    finally:
        connection.close()
    print(body)
    return 0 if response.status == http.HTTPStatus.OK else 1


if __name__ == "__main__":
    sys.exit(run_command(main))
