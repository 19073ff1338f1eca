"""`python -m api.telemetry.healthcheck`: exit with 0 if the server on this machine's PORT is ready, else with 1."""

import os
import sys
from http.client import HTTPConnection, HTTPException

if __name__ == "__main__":
    port = os.environ.get("PORT", "8000")
    connection = HTTPConnection("127.0.0.1", int(port), timeout=4)
    try:
        connection.request("GET", "/health/ready")
        response = connection.getresponse()
        print(response.read().decode("utf-8", "replace"))
    except (OSError, HTTPException) as error:
        sys.exit(f"error: no response from port {port} ({str(error) or type(error).__name__})")
    sys.exit(response.status != 200)
