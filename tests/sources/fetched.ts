import {expect} from "vitest";
import type {Api, Fetched} from "../../src/sources/http/api.ts";
import {HttpError} from "../../src/sources/http/http.ts";
import {type StubClient, stubClient} from "../support/stub-client.ts";

/** What a service gave for some days before it ended or failed. */
export interface Outcome {
  readonly fetched: readonly Fetched[];
  readonly error: HttpError | null;
  readonly client: StubClient;
}

/** Asks a service as a run would, with settings from variables; `from` and `to` are dates. */
export async function fetchFrom<Settings>(
  api: Api<Settings>,
  variables: Readonly<Record<string, string>>,
  from: string,
  to: string,
  client: StubClient = stubClient()
): Promise<Outcome> {
  const fetched: Fetched[] = [];
  const ask = {from: new Date(`${from}T00:00:00Z`), to: new Date(`${to}T00:00:00Z`), now: client.clock.now};
  try {
    for await (const one of api.fetch(client, api.settings.parse(variables), ask)) fetched.push(one);
    return {fetched, error: null, client};
  } catch (error) {
    expect(error).toBeInstanceOf(HttpError);
    return {fetched, error: error as HttpError, client};
  }
}

/** Why variables are no settings, or null. */
export function refusalOf<Settings>(api: Api<Settings>, variables: Readonly<Record<string, string>>): string | null {
  const parsed = api.settings.safeParse(variables);
  return parsed.success
    ? null
    : parsed.error.issues.map(({path, message}) => `${path.join(".")}: ${message}`).join("; ");
}
