// One event over HTTP, from Node's own fetch: sent until the gateway says that the brokers hold it.
const gateway = process.env.DRIFTLESS_URL ?? "http://127.0.0.1:8080";
const apiKey = process.env.DRIFTLESS_API_KEY ?? "dev";

export async function track(event) {
  for (let attempt = 0; ; attempt++) {
    const answer = await fetch(`${gateway}/v1/usage/events`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": apiKey },
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(30_000),
    }).catch(() => undefined);
    if (answer?.ok) return answer.json();
    const isTemporary = answer === undefined || [408, 429, 500, 502, 503, 504].includes(answer.status);
    if (!isTemporary || attempt === 9) {
      throw new Error(`usage ${event.idempotencyKey} is not held: ${answer ? await answer.text() : "no answer"}`);
    }
    const seconds = Number(answer?.headers.get("retry-after")) || Math.min(2 ** attempt, 30);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
}

// The key comes from what the event is, so that a retry, and a run after a crash, carry the same one.
// Quantities with decimals as text: JavaScript's numbers cannot hold them all.
const receipt = await track({
  customerId: process.env.CUSTOMER ?? "acme",
  feature: "api_calls",
  value: "1",
  idempotencyKey: "request-http",
  timestamp: new Date().toISOString(),
  properties: { region: "eu-west-1" },
});
console.log(receipt);
