import {z} from "zod";
import {dateOf} from "../../domain/dates.ts";
import {type Api, defineApi} from "../http/api.ts";
import {HttpError} from "../http/http.ts";
import {baseUrl} from "../http/url.ts";
import {readJson} from "../text/json.ts";
import {type GeotabAccount, type GeotabCall, geotabSession} from "./session.ts";

const settings = z
  .object({
    CANOPY_GEOTAB_URL: baseUrl.default("https://my.geotab.com"),
    CANOPY_GEOTAB_DATABASE: z.string().min(1),
    CANOPY_GEOTAB_USER: z.string().min(1),
    CANOPY_GEOTAB_PASSWORD: z.string().min(1)
  })
  .transform(
    (given): GeotabAccount => ({
      url: given.CANOPY_GEOTAB_URL,
      database: given.CANOPY_GEOTAB_DATABASE,
      userName: given.CANOPY_GEOTAB_USER,
      password: given.CANOPY_GEOTAB_PASSWORD
    })
  );

const types = ["Trip", "FuelAndEnergyUsed"] as const;

/** Records asked for at a time; the service may give fewer. */
const resultsLimit = 50_000;

/**
 * Asks Geotab for the trips, and then the fuel and energy of trips, since the first day asked for: the feed gives all that has come or been worked out again
 * since, page after page, up to now. It has been read to its end when a page is empty or leads to itself.
 */
export const geotabApi: Api<GeotabAccount> = defineApi({
  name: "geotab-feed",
  description: "Geotab: trips, and the fuel and energy of trips",
  feed: "journeys",
  settings,
  variables: {
    CANOPY_GEOTAB_URL: "another server of Geotab than https://my.geotab.com",
    CANOPY_GEOTAB_DATABASE: "the name of the council's database at Geotab",
    CANOPY_GEOTAB_USER: "the user canopy signs in as",
    CANOPY_GEOTAB_PASSWORD: "that user's password"
  },
  lookBackDays: 7,
  firstDays: 92,
  budget: {calls: 50, everySeconds: 60},
  fetch: async function* (client, account, {from, to}) {
    const call = geotabSession(client, account);
    for (const type of types) {
      let part = 0;
      for await (const text of pagesOf(call, type, from)) {
        part += 1;
        const days = `${dateOf(from)}-${dateOf(to)}`;
        yield {fileName: `geotab-${type.toLowerCase()}-${days}-p${part}.json`, text, meterPointId: null};
      }
    }
  }
});

interface Page {
  readonly text: string;
  readonly count: number;
  readonly toVersion: string;
}

/** The pages of one feed, the first even if it is empty. */
async function* pagesOf(call: GeotabCall, typeName: string, from: Date): AsyncIterable<string> {
  const read = new Set<string>();
  let start: Readonly<Record<string, unknown>> = {search: {fromDate: from.toISOString()}};
  for (;;) {
    const page = pageIn(await call("GetFeed", {typeName, resultsLimit, ...start}));
    if (read.size === 0 || page.count > 0) yield page.text;
    if (page.count === 0) return;
    if (read.has(page.toVersion))
      throw new HttpError(`Geotab: ${typeName} leads to a page that has been read`, "wrong type", 200);
    read.add(page.toVersion);
    start = {fromVersion: page.toVersion};
  }
}

const answer = z.object({result: z.object({data: z.array(z.unknown()), toVersion: z.string().min(1)})});

function pageIn(text: string): Page {
  const parsed = answer.safeParse(readJson(text));
  if (!parsed.success) throw new HttpError("Geotab: an answer that is no page of a feed", "wrong type", 200);
  const {data, toVersion} = parsed.data.result;
  return {text, count: data.length, toVersion};
}
