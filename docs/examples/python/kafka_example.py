"""One event as Avro on Kafka: pip install confluent-kafka avro."""
import io
import json
import os
import struct
import urllib.request
from datetime import datetime, timezone
from decimal import Decimal

import avro.io
import avro.schema
from confluent_kafka import Producer

TOPIC = "usage-events"
REGISTRY = os.environ.get("SCHEMA_REGISTRY_URL", "http://127.0.0.1:8081/apis/ccompat/v7")

# The schema in use, which is registered ahead; never by those who write.
with urllib.request.urlopen(f"{REGISTRY}/subjects/{TOPIC}-value/versions/latest", timeout=30) as answer:
    registered = json.load(answer)
writer = avro.io.DatumWriter(avro.schema.parse(registered["schema"]))
producer = Producer(
    {
        "bootstrap.servers": os.environ.get("BOOTSTRAP_SERVERS", "127.0.0.1:9092"),
        "acks": "all",
        "enable.idempotence": True,
        # As Java's clients do; librdkafka's default is another, and events would take a detour.
        "partitioner": "murmur2_random",
    }
)
outcomes = []


def decimal(text: str) -> Decimal:
    """Nine decimals, as the schema has them; more are an error, so that nothing is rounded by accident."""
    value = Decimal(text)
    scaled = value.quantize(Decimal("1e-9"))
    if scaled != value:
        raise ValueError(f"{text} has more than nine decimals")
    return scaled


def encode(event: dict) -> bytes:
    """Confluent's wire format: a zero byte, the schema's id in four bytes, the record."""
    buffer = io.BytesIO()
    buffer.write(struct.pack(">bI", 0, registered["id"]))
    writer.write(event, avro.io.BinaryEncoder(buffer))
    return buffer.getvalue()


event = {
    "customerId": os.environ.get("CUSTOMER", "acme"),
    "feature": "api_calls",
    "value": decimal("1"),
    # From what the event is, so that a retry, and a run after a crash, carry the same one.
    "idempotencyKey": "request-python-kafka",
    "occurredAt": datetime.now(timezone.utc),
    "properties": {"region": "eu-west-1"},
    "kind": "USAGE",
    "voidedKey": None,
}
producer.produce(
    TOPIC,
    key=event["customerId"].encode(),
    value=encode(event),
    on_delivery=lambda error, message: outcomes.append((error, message)),
)
if producer.flush(30):
    raise SystemExit("not held after 30 seconds: send it again")
(failure, held), = outcomes
if failure:
    raise SystemExit(f"not held, send it again: {failure}")
print({"partition": held.partition(), "offset": held.offset()})
