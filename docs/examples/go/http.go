// One event over HTTP with the standard library: sent until the gateway says that the brokers hold it.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"
)

type Event struct {
	CustomerID     string            `json:"customerId"`
	Feature        string            `json:"feature"`
	Value          string            `json:"value"` // as text, so that no float64 comes in between
	IdempotencyKey string            `json:"idempotencyKey"`
	Timestamp      time.Time         `json:"timestamp"`
	Properties     map[string]string `json:"properties,omitempty"`
}

func setting(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}

func track(client *http.Client, event Event) error {
	body, err := json.Marshal(event)
	if err != nil {
		return err
	}
	pause := time.Second
	for attempt := 0; attempt < 10; attempt++ {
		wait := pause
		if pause < 30*time.Second {
			pause *= 2
		}
		request, err := http.NewRequest("POST", setting("DRIFTLESS_URL", "http://127.0.0.1:8080")+"/v1/usage/events", bytes.NewReader(body))
		if err != nil {
			return err
		}
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("x-api-key", setting("DRIFTLESS_API_KEY", "dev"))
		answer, err := client.Do(request)
		if err == nil {
			text, _ := io.ReadAll(answer.Body)
			answer.Body.Close()
			switch answer.StatusCode {
			case 200:
				fmt.Println(string(text))
				return nil
			case 408, 429, 500, 502, 503, 504:
				if seconds, err := strconv.Atoi(answer.Header.Get("Retry-After")); err == nil {
					wait = time.Duration(seconds) * time.Second
				}
			default:
				return fmt.Errorf("%s is refused: %s", event.IdempotencyKey, text)
			}
		}
		time.Sleep(wait)
	}
	return fmt.Errorf("%s is not held after 10 attempts", event.IdempotencyKey)
}

func main() {
	err := track(&http.Client{Timeout: 30 * time.Second}, Event{
		CustomerID: setting("CUSTOMER", "acme"),
		Feature:    "api_calls",
		Value:      "1",
		// From what the event is, so that a retry, and a run after a crash, carry the same one.
		IdempotencyKey: "request-go",
		Timestamp:      time.Now(),
		Properties:     map[string]string{"region": "eu-west-1"},
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
