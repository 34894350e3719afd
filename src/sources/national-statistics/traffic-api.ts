import {z} from "zod";
import {defineApi, type Fetched} from "../http/api.ts";
import {type HttpClient, HttpError} from "../http/http.ts";
import {baseUrl} from "../http/url.ts";
import {readJson} from "../text/json.ts";
import {flowPageSchema} from "./average-daily-traffic.ts";

const settings = z
  .object({
    ROAD_TRAFFIC_AUTHORITY_ID: z.string().regex(/^\d{1,4}$/, "a number of the road traffic service, not an ONS code"),
    ROAD_TRAFFIC_URL: baseUrl.default("https://roadtraffic.dft.gov.uk")
  })
  .transform(given => ({authority: given.ROAD_TRAFFIC_AUTHORITY_ID, url: given.ROAD_TRAFFIC_URL}));

type Settings = z.output<typeof settings>;

const pageSize = 250;

/** Average daily flows at the count points of one authority, year by year, page by page. The address of the next page is not taken from an answer. */
export const trafficApi = defineApi<Settings>({
  name: "road-traffic",
  description: "Average daily traffic at the count points of the council's area",
  feed: "borough-statistics",
  settings,
  variables: {
    ROAD_TRAFFIC_AUTHORITY_ID: "the number that the road traffic statistics give the authority",
    ROAD_TRAFFIC_URL: "where the service is, if not at its usual address"
  },
  lookBackDays: 730,
  firstDays: 3653,
  budget: {calls: 600, everySeconds: 3600},
  fetch: async function* (client, given, {from, to}) {
    const last = to.getUTCFullYear();
    for (let year = from.getUTCFullYear(); year <= last; year += 1) yield* yearOf(client, given, year);
  }
});

async function* yearOf(client: HttpClient, given: Settings, year: number): AsyncIterable<Fetched> {
  let seen = 0;
  for (let number = 1, pages = 1; number <= pages; number += 1) {
    const text = await pageOf(client, given, year, number);
    const page = flowPageSchema.safeParse(readJson(text));
    if (!page.success) throw unbelievable("the answer is no page of flows");
    const {current_page, last_page, total, data} = page.data;
    if (current_page !== number) throw unbelievable(`page ${number} was asked for and ${current_page} came`);
    seen += data.length;
    pages = last_page;
    if (number >= pages && seen < total) throw unbelievable(`${total} flows were announced and ${seen} came`);
    yield {fileName: `traffic-${given.authority}-${year}-p${number}.json`, text, meterPointId: null};
  }
}

async function pageOf(client: HttpClient, {url, authority}: Settings, year: number, number: number): Promise<string> {
  const query = new URLSearchParams({
    "filter[local_authority_id]": authority,
    "filter[year]": String(year),
    "page[size]": String(pageSize),
    "page[number]": String(number)
  });
  return (await client.send({url: `${url}/api/average-annual-daily-flow?${query}`, accepts: "json"})).text;
}

const unbelievable = (what: string) => new HttpError(`road traffic: ${what}`, "wrong type", 200);
