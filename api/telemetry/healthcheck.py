"""`python -m api.telemetry.healthcheck`: whether the service on PORT of this machine is ready; exit code 0 or 1."""

import http.client
import os
import sys
from collections.abc import Sequence

from warehouse.errors import FilmotecaError, run_command

SECONDS = 4


def main(_arguments: Sequence[str]) -> int:
    """Ask it; a service that does not answer, or says that it is not ready, is told in a sentence."""
    port = os.environ.get("PORT", "8000")
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=SECONDS)
    try:
        connection.request("GET", "/health/ready")
        response = connection.getresponse()
        said = response.read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        raise FilmotecaError(f"nothing is ready on port {port} ({str(error) or type(error).__name__})") from None
    finally:
        connection.close()
    print(said)
    return 0 if response.status == http.HTTPStatus.OK else 1


if __name__ == "__main__":
    sys.exit(run_command(main))
