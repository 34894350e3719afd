import {expect, onTestFinished, test} from "vitest";
import type {Message} from "../../src/sending/message.ts";
import {webhookWay} from "../../src/sending/webhook.ts";
import {startStub} from "../support/stub-server.ts";

const message: Message = {
  id: "canopy-digest-2026-11-04-abc",
  subject: "All is well",
  text: "Line",
  facts: {is_well: true}
};
const never = new AbortController().signal;
const path = "/services/T0/very-secret";
const effects = {now: () => new Date("2026-11-04T07:00:00Z"), sleep: async () => {}, random: () => 0.5};

async function stub() {
  const server = await startStub();
  onTestFinished(server.close);
  const send = () => webhookWay(`${server.url}${path}`, effects, {wholeMs: 300, responseMs: 300}).send(message, never);
  return {server, send, sent: () => server.calls.map(({method, url}) => `${method} ${url}`)};
}

test("the message is posted as JSON, once; an empty answer is enough", async () => {
  const {server, send, sent} = await stub();
  server.on(path, [{status: 204, body: ""}, {body: "ok"}]);
  await send();
  await send();
  expect(sent()).toEqual([`POST ${path}`, `POST ${path}`]);
  expect(JSON.parse(server.calls[0]?.body ?? "")).toEqual({
    version: 1,
    id: message.id,
    subject: "All is well",
    text: "All is well\n\nLine",
    facts: {is_well: true}
  });
});

test.each([
  ["an error", {status: 500}, "status 500"],
  ["a refusal for haste", {status: 429, headers: {"retry-after": "1"}}, "status 429"],
  ["a path that is not there", {status: 404}, "status 404"],
  ["a broken connection", {hangUp: true}, "no whole answer (ECONNRESET)"],
  ["silence", {delayMs: 2000}, "no whole answer in time"],
  [
    "another host",
    {status: 307, headers: {location: "http://localhost:1/elsewhere"}},
    "redirected to another host, which is not followed"
  ]
])("%s: asked once, and the words hold the host alone", async (_, answer, words) => {
  const {server, send, sent} = await stub();
  server.on(path, answer);
  await expect(send()).rejects.toThrow(new RegExp(`^POST ${server.url}: ${words.replaceAll(/[()]/g, "\\$&")}`));
  await expect(send()).rejects.not.toThrow(/secret/);
  expect(sent()).toHaveLength(2);
});
