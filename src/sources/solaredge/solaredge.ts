import {z} from "zod";
import {dateOf} from "../../domain/dates.ts";
import {type Api, defineApi, type Fetched} from "../http/api.ts";
import {type HttpClient, HttpError} from "../http/http.ts";
import {baseUrl} from "../http/url.ts";
import {countDays, type Days, datesInName, halvesOf, windowsOf} from "../http/windows.ts";
import {type PortalSite, portalSites} from "../inverters/sites.ts";
import {objectOf, readJson} from "../text/json.ts";

export {solaredgeDetails} from "./details.ts";

interface Settings {
  readonly url: string;
  readonly key: string;
  readonly sites: readonly PortalSite[];
}

/** The most days that the service has been seen to give by quarter-hour. */
const longestDays = 25;

/**
 * SolarEdge's monitoring service, version 1: production and feed-in by quarter-hour, 25 days a call. Where it refuses a range that is its largest no more,
 * the range is halved, and so on down to a day. It allows 300 calls a day for a key.
 */
export const solaredge: Api<Settings> = defineApi<Settings>({
  name: "solaredge",
  description: "quarter-hourly generation and feed-in of solar panels, from SolarEdge's monitoring service",
  feed: "renewable-generation",
  settings: z
    .object({
      CANOPY_SOLAREDGE_API_KEY: z.string().min(1),
      CANOPY_SOLAREDGE_SITES: portalSites,
      CANOPY_SOLAREDGE_URL: baseUrl.default("https://monitoringapi.solaredge.com")
    })
    .transform(({CANOPY_SOLAREDGE_API_KEY: key, CANOPY_SOLAREDGE_SITES: sites, CANOPY_SOLAREDGE_URL: url}) => ({
      key,
      sites,
      url
    })),
  variables: {
    CANOPY_SOLAREDGE_API_KEY: "key of the account or site (secret)",
    CANOPY_SOLAREDGE_SITES: "sites and the generation meter each is, separated by commas: 123456:solar-town-hall",
    CANOPY_SOLAREDGE_URL: "address of the service, where it is not SolarEdge's own"
  },
  lookBackDays: 7,
  firstDays: 366,
  budget: {calls: 300, everySeconds: 86_400},
  async *fetch(client, settings, {from, to}) {
    for (const site of settings.sites) {
      let longest = longestDays;
      for (let start = from; start < to; ) {
        const [window = {from: start, to}] = windowsOf({from: start, to}, longest);
        const {days, answer} = await askWithin(client, settings, site, window);
        longest = Math.min(longest, days.to < window.to ? countDays(days) : longest);
        start = days.to;
        yield answer;
      }
    }
  }
});

/** The answer for as many of the days, from the first, as the service gives at once. */
async function askWithin(
  client: HttpClient,
  settings: Settings,
  site: PortalSite,
  days: Days
): Promise<{days: Days; answer: Fetched}> {
  try {
    return {days, answer: await ask(client, settings, site, days)};
  } catch (error) {
    const [shorter = days] = halvesOf(days);
    if (!isRefusalOfRange(error) || shorter === days) throw error;
    return askWithin(client, settings, site, shorter);
  }
}

/** A refusal with 400 or 403 that does not speak of the key, which is the same for any range. */
function isRefusalOfRange(error: unknown): boolean {
  if (!(error instanceof HttpError) || (error.status !== 400 && error.status !== 403)) return false;
  return !/token|api.?key|credential|not authori[sz]ed|permission/i.test(error.body);
}

async function ask(client: HttpClient, {url, key}: Settings, {id, meter}: PortalSite, days: Days): Promise<Fetched> {
  const query = new URLSearchParams({
    meters: "PRODUCTION,FEEDIN",
    timeUnit: "QUARTER_OF_AN_HOUR",
    startTime: `${dateOf(days.from)} 00:00:00`,
    endTime: `${dateOf(days.to)} 00:00:00`,
    api_key: key
  });
  const {text, status} = await client.send({url: `${url}/site/${id}/energyDetails?${query}`, accepts: "json"});
  if (objectOf(readJson(text)).energyDetails === undefined)
    throw new HttpError(
      `SolarEdge, site ${id}: an answer without energyDetails`,
      "wrong type",
      status,
      text.replaceAll(key, "[hidden]").slice(0, 2000)
    );
  return {fileName: `solaredge-${id}-${datesInName(days)}.json`, text, meterPointId: meter};
}
