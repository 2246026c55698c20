"""One event over HTTP with the standard library: sent until the gateway says that the brokers hold it."""
import json
import os
import time
import urllib.error
import urllib.request
from datetime import datetime, timezone
from decimal import Decimal

GATEWAY = os.environ.get("DRIFTLESS_URL", "http://127.0.0.1:8080")
API_KEY = os.environ.get("DRIFTLESS_API_KEY", "dev")
TEMPORARY = {408, 429, 500, 502, 503, 504}


def track(event: dict, attempts: int = 10) -> dict:
    request = urllib.request.Request(
        GATEWAY + "/v1/usage/events",
        data=json.dumps(event).encode(),
        headers={"Content-Type": "application/json", "x-api-key": API_KEY},
    )
    for attempt in range(attempts):
        wait = min(2**attempt, 30)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code not in TEMPORARY:
                raise RuntimeError(f"{event['idempotencyKey']} is refused: {error.read().decode()}") from error
            wait = int(error.headers.get("Retry-After", wait))
        except (urllib.error.URLError, TimeoutError):
            pass  # No answer: the event may be held or not, and to send it again is safe.
        time.sleep(wait)
    raise RuntimeError(f"{event['idempotencyKey']} is not held after {attempts} attempts")


if __name__ == "__main__":
    print(
        track(
            {
                "customerId": os.environ.get("CUSTOMER", "acme"),
                "feature": "api_calls",
                # Decimals as text, so that no float comes in between.
                "value": str(Decimal("1")),
                # From what the event is, so that a retry, and a run after a crash, carry the same one.
                "idempotencyKey": "request-python",
                "timestamp": datetime.now(timezone.utc).isoformat(),
                "properties": {"region": "eu-west-1"},
            }
        )
    )
