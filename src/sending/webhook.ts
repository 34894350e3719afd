import type {Effects} from "../effects.ts";
import {CanopyError, messageOf} from "../errors.ts";
import {budgetInMemory} from "../sources/http/budget.ts";
import {createHttpClient, type HttpLimits} from "../sources/http/http-client.ts";
import {shownAddress} from "../sources/http/url.ts";
import type {Way} from "./message.ts";

/** A message is small and its answer is not read, so that a receiver has little time; it is asked once, since the message is tried again later by itself. */
const limits: Partial<HttpLimits> = {
  connectMs: 5_000,
  responseMs: 10_000,
  wholeMs: 15_000,
  largestBytes: 64 * 1024,
  tries: 1
};

/**
 * Sends by a POST of JSON: `id`, `subject`, `text` (all of the message, which is what chat programs show) and `facts`. The path of such an address is often its
 * secret: errors name the host alone.
 */
export function webhookWay(
  url: string,
  {now, sleep, random}: Pick<Effects, "now" | "sleep" | "random">,
  given: Partial<HttpLimits> = {}
): Way {
  return {
    name: "webhook",
    async send({id, subject, text, facts}, stop) {
      const client = createHttpClient({
        service: "the webhook",
        allowance: null,
        budget: budgetInMemory(),
        ...{now, sleep, random, stop},
        limits: {...limits, ...given}
      });
      const json = {version: 1, id, subject, text: `${subject}\n\n${text}`, facts};
      try {
        await client.send({method: "POST", url, json, accepts: "anything"});
      } catch (error) {
        throw new CanopyError(messageOf(error).replaceAll(shownAddress(url), new URL(url).origin));
      }
    }
  };
}
