// One event as Avro on Kafka, with confluent-kafka-go and goavro.
package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"os"
	"time"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"
	"github.com/linkedin/goavro/v2"
)

const topic = "usage-events"

func env(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}

type registered struct {
	ID     uint32 `json:"id"`
	Schema string `json:"schema"`
}

// The schema in use, which is registered ahead; never by those who write.
func latest(registry string) (registered, error) {
	var schema registered
	client := http.Client{Timeout: 30 * time.Second}
	answer, err := client.Get(registry + "/subjects/" + topic + "-value/versions/latest")
	if err != nil {
		return schema, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != 200 {
		return schema, fmt.Errorf("the registry answers %s", answer.Status)
	}
	return schema, json.NewDecoder(answer.Body).Decode(&schema)
}

// Confluent's wire format: a zero byte, the schema's id in four bytes, the record.
func encode(schema registered, event map[string]interface{}) ([]byte, error) {
	codec, err := goavro.NewCodec(schema.Schema)
	if err != nil {
		return nil, err
	}
	head := make([]byte, 5)
	binary.BigEndian.PutUint32(head[1:], schema.ID)
	return codec.BinaryFromNative(head, event)
}

func decimal(text string) (*big.Rat, error) {
	value, ok := new(big.Rat).SetString(text)
	// goavro cuts further decimals off; nothing that is billed may be rounded by accident.
	if !ok || !new(big.Rat).Mul(value, big.NewRat(1_000_000_000, 1)).IsInt() {
		return nil, fmt.Errorf("'%s' is not a decimal number with at most nine decimals", text)
	}
	return value, nil
}

func publish(customer string) error {
	schema, err := latest(env("SCHEMA_REGISTRY_URL", "http://127.0.0.1:8081/apis/ccompat/v7"))
	if err != nil {
		return err
	}
	value, err := decimal("1") // from text, never from a float64
	if err != nil {
		return err
	}
	bytes, err := encode(schema, map[string]interface{}{
		"customerId": customer,
		"feature":    "api_calls",
		"value":      value,
		// From what the event is, so that a retry, and a run after a crash, carry the same one.
		"idempotencyKey": "request-go-kafka",
		"occurredAt":     time.Now(),
		"properties":     map[string]interface{}{"region": "eu-west-1"},
		"kind":           "USAGE",
		"voidedKey":      nil,
	})
	if err != nil {
		return err
	}
	producer, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers":  env("BOOTSTRAP_SERVERS", "127.0.0.1:9092"),
		"acks":               "all",
		"enable.idempotence": true,
		// As Java's clients do; librdkafka's default is another, and events would take a detour.
		"partitioner": "murmur2_random",
	})
	if err != nil {
		return err
	}
	defer producer.Close()
	name := topic
	receipt := make(chan kafka.Event, 1)
	err = producer.Produce(&kafka.Message{
		TopicPartition: kafka.TopicPartition{Topic: &name, Partition: kafka.PartitionAny},
		Key:            []byte(customer),
		Value:          bytes,
	}, receipt)
	if err != nil {
		return err
	}
	held := (<-receipt).(*kafka.Message).TopicPartition
	if held.Error != nil {
		return fmt.Errorf("not held, send it again: %w", held.Error)
	}
	fmt.Printf("partition %d, offset %v\n", held.Partition, held.Offset)
	return nil
}

func main() {
	if err := publish(env("CUSTOMER", "acme")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
