import {z} from "zod";
import {dateOf} from "../../domain/dates.ts";
import {type Api, defineApi, type Fetched} from "../http/api.ts";
import {type HttpClient, HttpError} from "../http/http.ts";
import {baseUrl, nextOnSameHost} from "../http/url.ts";
import {type Days, datesInName, windowsOf} from "../http/windows.ts";
import {type PortalSite, portalSites} from "../inverters/sites.ts";
import {objectOf, readJson} from "../text/json.ts";
import {productionChannel} from "./history.ts";

export {froniusDays} from "./days.ts";
export {froniusHistory} from "./history.ts";

interface Settings {
  readonly url: string;
  readonly keyId: string;
  readonly keyValue: string;
  readonly systems: readonly PortalSite[];
}

const mostPages = 100;

/** Fronius' Solar.web: generation by five minutes, a UTC day at a time, page by page. The operator charges by use, so little is asked for. */
export const fronius: Api<Settings> = defineApi<Settings>({
  name: "fronius",
  description: "five-minute generation of solar panels, from Fronius' Solar.web (calls are charged for)",
  feed: "renewable-generation",
  settings: z
    .object({
      CANOPY_FRONIUS_ACCESS_KEY_ID: z.string().min(1),
      CANOPY_FRONIUS_ACCESS_KEY_VALUE: z.string().min(1),
      CANOPY_FRONIUS_SYSTEMS: portalSites,
      CANOPY_FRONIUS_URL: baseUrl.default("https://api.solarweb.com")
    })
    .transform(given => ({
      keyId: given.CANOPY_FRONIUS_ACCESS_KEY_ID,
      keyValue: given.CANOPY_FRONIUS_ACCESS_KEY_VALUE,
      systems: given.CANOPY_FRONIUS_SYSTEMS,
      url: given.CANOPY_FRONIUS_URL
    })),
  variables: {
    CANOPY_FRONIUS_ACCESS_KEY_ID: "AccessKeyId of the account (secret)",
    CANOPY_FRONIUS_ACCESS_KEY_VALUE: "AccessKeyValue of the account (secret)",
    CANOPY_FRONIUS_SYSTEMS:
      "systems and the generation meter each is, separated by commas: 0a1b2c3d-0000-0000-0000-000000000000:solar-depot",
    CANOPY_FRONIUS_URL: "address of the service, where it is not Fronius' own"
  },
  lookBackDays: 2,
  firstDays: 31,
  budget: {calls: 300, everySeconds: 86_400},
  async *fetch(client, settings, ask) {
    for (const system of settings.systems)
      for (const day of windowsOf(ask, 1)) yield* pagesOf(client, settings, system, day);
  }
});

async function* pagesOf(
  client: HttpClient,
  {url, keyId, keyValue}: Settings,
  {id, meter}: PortalSite,
  day: Days
): AsyncIterable<Fetched> {
  const query = new URLSearchParams({
    from: `${dateOf(day.from)}T00:00:00Z`,
    to: `${dateOf(day.to)}T00:00:00Z`,
    channel: productionChannel
  });
  let next: string | null = `${url}/swqapi/pvsystems/${id}/histdata?${query}`;
  const asked = new Set<string>();
  while (next !== null) {
    if (asked.has(next) || asked.size === mostPages)
      throw new HttpError(`Solar.web, system ${id}: pages without an end`, "wrong type", 200);
    asked.add(next);
    const response = await client.send({
      url: next,
      headers: {AccessKeyId: keyId, AccessKeyValue: keyValue},
      accepts: "json"
    });
    const {data, links} = objectOf(readJson(response.text));
    if (!Array.isArray(data))
      throw new HttpError(`Solar.web, system ${id}: an answer without data`, "wrong type", response.status);
    yield {fileName: `fronius-${id}-${datesInName(day)}-p${asked.size}.json`, text: response.text, meterPointId: meter};
    const following: unknown = objectOf(links).next;
    next = typeof following === "string" ? nextOnSameHost(next, following) : null;
  }
}
