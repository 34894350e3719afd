import {gzipSync} from "node:zlib";
import type {StubAnswer, StubCall} from "../support/stub-server.ts";

/** What a service does that should answer `good`: told the call, how often it was called tonight (from 1), and its own address. */
type Fault = (
  good: StubAnswer,
  call: {readonly times: number; readonly call: StubCall; readonly now: Date}
) => StubAnswer;

const bodyOf = ({body}: StubAnswer) => JSON.stringify(body);
const first =
  (count: number, bad: StubAnswer): Fault =>
  (good, {times}) =>
    times <= count ? bad : good;
const always = (bad: StubAnswer) => () => bad;
const cutAt =
  (share: number): Fault =>
  good => ({...good, truncateAt: Math.trunc(bodyOf(good).length * share)});
const signIn = "<!doctype html><html><title>Sign in</title><form></form></html>";

/**
 * Ways in which a service fails for a night: statuses, breaks, cuts, answers of another kind. Some answer well when asked again, as a caller must. A service that
 * takes longer than is waited for is not among them, since that takes its time: `tests/sources/http-answers.test.ts` has it.
 */
export const serviceFaults: ReadonlyMap<string, Fault> = new Map<string, Fault>([
  ["well", good => good],
  ["500 once", first(1, {status: 500, body: "oops"})],
  ["500 three times", first(3, {status: 500, body: "oops"})],
  ["500 all night", always({status: 500, body: "oops"})],
  ["502 once", first(1, {status: 502, body: "bad gateway"})],
  ["503 all night", always({status: 503, body: "down"})],
  ["503, back in a minute", first(1, {status: 503, headers: {"retry-after": "60"}, body: "down"})],
  ["504 twice", first(2, {status: 504, body: "slow"})],
  ["429, back in 7 seconds", first(1, {status: 429, headers: {"retry-after": "7"}, body: "hasty"})],
  [
    "429, back at a time of day",
    (good, {times, now}) =>
      times > 1
        ? good
        : {status: 429, headers: {"retry-after": new Date(now.getTime() + 9000).toUTCString()}, body: "hasty"}
  ],
  ["429, back in a thousand years", always({status: 429, headers: {"retry-after": "31536000000"}, body: "hasty"})],
  ["429, back at no time", always({status: 429, headers: {"retry-after": "soon"}, body: "hasty"})],
  ["400", always({status: 400, body: {detail: "period_from: not a date"}})],
  ["401", always({status: 401, body: {detail: "Invalid key"}})],
  ["403", always({status: 403, body: {detail: "no right"}})],
  ["404", always({status: 404, body: {detail: "Not found."}})],
  ["418", always({status: 418, body: "a teapot"})],
  ["reset", always({hangUp: true})],
  ["reset once", first(1, {hangUp: true})],
  ["cut before a byte", cutAt(0)],
  ["cut in the middle", cutAt(0.5)],
  ["cut before the last byte", cutAt(0.999)],
  ["cut once", (good, {times}) => (times === 1 ? {...good, truncateAt: 100} : good)],
  [
    "half of it as if whole",
    good => ({body: bodyOf(good).slice(0, -200), headers: {"content-type": "application/json"}})
  ],
  ["a sign-in page", always({body: signIn, headers: {"content-type": "text/html"}})],
  ["a sign-in page as JSON", always({body: signIn, headers: {"content-type": "application/json"}})],
  ["200 with nothing", always({body: "", headers: {"content-type": "application/json"}})],
  ["204", always({status: 204, body: ""})],
  ["null", always({body: "null", headers: {"content-type": "application/json"}})],
  ["a list", always({body: [1, 2, 3]})],
  ["another shape", always({body: {count: 1, next: null, previous: null, rows: []}})],
  ["an error of status 200", always({body: {error: "internal error", code: 500}})],
  ["a redirect to itself", (_, {call}) => ({status: 302, headers: {location: call.url}, body: ""})],
  ["a redirect to another host", always({status: 302, headers: {location: "http://203.0.113.1/"}, body: ""})],
  [
    "pages in a ring",
    (good, {call}) => ({body: {...(good.body as object), next: `http://${call.headers.host}${call.url}`}})
  ],
  [
    "compressed, and not said so",
    good => ({body: gzipSync(bodyOf(good)).toString("latin1"), headers: {"content-type": "application/json"}})
  ],
  ["a count that is not so", good => ({body: {...(good.body as object), count: 1}})]
]);
