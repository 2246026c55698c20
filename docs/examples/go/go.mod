module driftless-examples

go 1.19

require (
	github.com/confluentinc/confluent-kafka-go/v2 v2.5.0
	github.com/linkedin/goavro/v2 v2.13.0
)
