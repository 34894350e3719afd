import {type Budget, budgetInMemory} from "../../src/sources/http/budget.ts";
import type {HttpClient} from "../../src/sources/http/http.ts";
import {createHttpClient, type HttpClientOptions} from "../../src/sources/http/http-client.ts";

/** A client for tests with its clock: sleeping takes no time but moves the clock on, and is written down. */
export interface StubClient extends HttpClient {
  readonly slept: number[];
  readonly clock: {now: Date};
  readonly budget: Budget;
}

/** The real client, patient on a clock of its own (from 2026-06-24 09:00 UTC); a random part of a wait is always half of it. */
export function stubClient(options: Partial<HttpClientOptions> = {}): StubClient {
  const slept: number[] = [];
  const clock = {now: new Date("2026-06-24T09:00:00Z")};
  const budget = options.budget ?? budgetInMemory();
  const {send} = createHttpClient({
    service: "stub",
    allowance: null,
    budget,
    now: () => clock.now,
    sleep: async milliseconds => {
      slept.push(milliseconds);
      clock.now = new Date(clock.now.getTime() + milliseconds);
    },
    random: () => 0.5,
    ...options
  });
  return {send, slept, clock, budget};
}
