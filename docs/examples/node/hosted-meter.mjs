// A hosted meter's own client, pointed at the gateway: its address is built in, so requests are sent elsewhere.
import { Commet } from "@commet/node";

const gateway = process.env.DRIFTLESS_URL ?? "http://127.0.0.1:8080";
const send = globalThis.fetch;
globalThis.fetch = (url, options) => {
  const { pathname, search } = new URL(url);
  return send(pathname.startsWith("/api/") ? new URL(pathname + search, gateway) : url, options);
};

const commet = new Commet({ apiKey: process.env.DRIFTLESS_API_KEY ?? "ck_dev", telemetry: false });
const usage = {
  customerId: process.env.CUSTOMER ?? "acme",
  feature: "api_calls",
  idempotencyKey: "request-commet",
  value: 1,
  properties: { region: "eu-west-1" },
};
const first = await commet.usage.track(usage);
const retry = await commet.usage.track(usage);
console.log(first.data, retry.data.id === first.data.id);

// What is wrong comes back as the client's own error, by field.
await commet.usage.track({ ...usage, value: Number.NaN }).then(
  () => {
    throw new Error("NaN must not be counted");
  },
  (error) => console.log(error.name, error.validationErrors ?? error.message),
);
