// One event as Avro on Kafka, with kafkajs.
import { SchemaRegistry } from "@kafkajs/confluent-schema-registry";
import { Kafka, Partitioners } from "kafkajs";

const kafka = new Kafka({ brokers: [process.env.BOOTSTRAP_SERVERS ?? "127.0.0.1:9092"] });
const registry = new SchemaRegistry({
  host: process.env.SCHEMA_REGISTRY_URL ?? "http://127.0.0.1:8081/apis/ccompat/v7",
});

// decimal(38,9): the number times 10^9 as big-endian two's complement. From text, never from a double.
export function decimal(text) {
  const [, sign, whole, fraction = ""] = /^(-?)(\d+)(?:\.(\d{1,9}))?$/.exec(text) ?? [];
  if (whole === undefined) throw new Error(`'${text}' is not a decimal number with at most nine decimals`);
  const unscaled = BigInt(sign + whole + fraction.padEnd(9, "0"));
  const bytes = Math.floor((unscaled < 0n ? ~unscaled : unscaled).toString(2).length / 8) + 1;
  return Buffer.from(BigInt.asUintN(bytes * 8, unscaled).toString(16).padStart(bytes * 2, "0"), "hex");
}

const event = {
  customerId: process.env.CUSTOMER ?? "acme",
  feature: "api_calls",
  value: decimal("1"),
  idempotencyKey: "request-kafka",
  occurredAt: Date.now(),
  properties: { region: "eu-west-1" },
  kind: "USAGE",
  voidedKey: null,
};

// kafkajs's default partitioner is murmur2, as Java's. One request at a time keeps the order of retries.
const producer = kafka.producer({
  idempotent: true,
  maxInFlightRequests: 1,
  createPartitioner: Partitioners.DefaultPartitioner,
});
await producer.connect();
const schemaId = await registry.getLatestSchemaId("usage-events-value");
const [receipt] = await producer.send({
  topic: "usage-events",
  acks: -1,
  messages: [{ key: event.customerId, value: await registry.encode(schemaId, event) }],
});
console.log({ partition: receipt.partition, offset: receipt.baseOffset });
await producer.disconnect();
