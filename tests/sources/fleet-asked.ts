import type {Api, Ask, Fetched} from "../../src/sources/http/api.ts";
import type {HttpClient} from "../../src/sources/http/http.ts";
import {stubClient} from "../support/stub-client.ts";

/** Two days in May, asked for on the morning after. */
export const ask: Ask = {
  from: new Date("2026-05-14T00:00:00Z"),
  to: new Date("2026-05-16T00:00:00Z"),
  now: new Date("2026-05-16T03:00:00Z")
};

/** What comes before the asking ends, and what it ends with. */
export async function fetched<Settings>(
  api: Api<Settings>,
  variables: object,
  given = ask,
  client: HttpClient = stubClient()
) {
  const files: Fetched[] = [];
  try {
    for await (const file of api.fetch(client, api.settings.parse(variables), given)) files.push(file);
  } catch (error) {
    return {files, error};
  }
  return {files, error: null};
}

export const names = (files: readonly Fetched[]) => files.map(({fileName}) => fileName);
