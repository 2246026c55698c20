"""One event as Avro on Kafka: pip install "confluent-kafka[avro,schemaregistry]"."""
import os
from datetime import datetime, timezone
from decimal import Decimal

from confluent_kafka import Producer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

TOPIC = "usage-events"
registry = SchemaRegistryClient(
    {"url": os.environ.get("SCHEMA_REGISTRY_URL", "http://127.0.0.1:8081/apis/ccompat/v7")}
)
serialize = AvroSerializer(
    registry,
    registry.get_latest_version(TOPIC + "-value").schema,
    conf={"auto.register.schemas": False, "use.latest.version": True},
)
producer = Producer(
    {
        "bootstrap.servers": os.environ.get("BOOTSTRAP_SERVERS", "127.0.0.1:9092"),
        "acks": "all",
        "enable.idempotence": True,
        # As Java's clients do; librdkafka's default is another, and events would take a detour.
        "partitioner": "murmur2_random",
    }
)


def delivered(error, message):
    if error:
        raise RuntimeError(f"not held: {error}")
    print({"partition": message.partition(), "offset": message.offset()})


event = {
    "customerId": os.environ.get("CUSTOMER", "acme"),
    "feature": "api_calls",
    "value": Decimal("1").quantize(Decimal("1e-9")),
    "idempotencyKey": "request-python-kafka",
    "occurredAt": datetime.now(timezone.utc),
    "properties": {"region": "eu-west-1"},
    "kind": "USAGE",
    "voidedKey": None,
}
producer.produce(
    TOPIC,
    key=event["customerId"].encode(),
    value=serialize(event, SerializationContext(TOPIC, MessageField.VALUE)),
    on_delivery=delivered,
)
if producer.flush(30):
    raise RuntimeError("not held after 30 seconds: send it again")
