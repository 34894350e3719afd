import {z} from "zod";
import {type Api, defineApi, type Fetched} from "../http/api.ts";
import {type HttpClient, HttpError} from "../http/http.ts";
import {baseUrl} from "../http/url.ts";
import {countDays, type Days, datesInName, halvesOf, laterOf, windowsOf, yearsOf} from "../http/windows.ts";
import {readJson} from "../text/json.ts";
import {failureIn, startsIn} from "./carbon-intensity.ts";
import {nextHalfHour} from "./utc-half-hours.ts";

interface Settings {
  readonly url: string;
  /** Region numbers, or "national". */
  readonly areas: readonly string[];
}

const areas = z
  .string()
  .transform(text => text.split(",").map(area => area.trim()))
  .pipe(z.array(z.string().regex(/^(national|[1-9]|1[0-7])$/, "national, or the number of a region, 1 to 17")));

const longestDays = 14;
const regionalFrom = new Date(Date.UTC(2018, 4, 11));
const nationalFrom = new Date(Date.UTC(2018, 0, 1));

/**
 * The Carbon Intensity API, at most 14 days a call and never across New Year, where its answers stop short. An answer counts from the half-hour that
 * ends at the instant asked for, so whole days are asked for from half past midnight. One that holds fewer half-hours than were asked for is asked for
 * again in halves, down to a day; what is missing then is missing at the source. Nothing at all is a failure.
 */
export const carbonIntensityApi: Api<Settings> = defineApi<Settings>({
  name: "carbon-intensity",
  description:
    "half-hourly carbon intensity of the grid, national and of regions, from the National Energy System Operator",
  feed: "grid",
  settings: z
    .object({
      CANOPY_CARBON_REGIONS: z.string().default("national,3").pipe(areas),
      CANOPY_CARBON_URL: baseUrl.default("https://api.carbonintensity.org.uk")
    })
    .transform(({CANOPY_CARBON_REGIONS, CANOPY_CARBON_URL}) => ({
      areas: CANOPY_CARBON_REGIONS,
      url: CANOPY_CARBON_URL
    })),
  variables: {
    CANOPY_CARBON_REGIONS:
      "which to ask for, separated by commas: national, or the service's region numbers (3 is North West England)",
    CANOPY_CARBON_URL: "address of the service, where it is not its own"
  },
  lookBackDays: 7,
  firstDays: 366,
  budget: {calls: 600, everySeconds: 86_400},
  async *fetch(client, settings, {from, to, now}) {
    for (const area of settings.areas) {
      const earliest = area === "national" ? nationalFrom : regionalFrom;
      const asked = {from: laterOf(from, earliest), to};
      const windows = yearsOf(asked).flatMap(year => windowsOf(year, longestDays));
      for (const days of windows) yield* wholeAnswers(client, settings.url, area, days, now);
    }
  }
});

async function* wholeAnswers(
  client: HttpClient,
  url: string,
  area: string,
  days: Days,
  now: Date
): AsyncIterable<Fetched> {
  const {answer, held} = await ask(client, url, area, days);
  const due = halfHoursDue(days, now);
  const isShort = held < due && countDays(days) > 1;
  if (!isShort) yield answer;
  else for (const half of halvesOf(days)) yield* wholeAnswers(client, url, area, half, now);
}

/** The half-hours of a stretch that have begun. */
function halfHoursDue({from, to}: Days, now: Date): number {
  const until = Math.min(to.getTime(), now.getTime());
  return Math.max(0, Math.ceil((until - from.getTime()) / 1_800_000));
}

async function ask(
  client: HttpClient,
  url: string,
  area: string,
  days: Days
): Promise<{answer: Fetched; held: number}> {
  const stretch = `${minuteOf(nextHalfHour(days.from))}/${minuteOf(days.to)}`;
  const path = area === "national" ? `/intensity/${stretch}` : `/regional/intensity/${stretch}/regionid/${area}`;
  const {text, status} = await client.send({url: `${url}${path}`, accepts: "json"});
  const parsed: unknown = readJson(text);
  const why = failureIn(parsed);
  if (why !== null)
    throw new HttpError(`Carbon Intensity, ${area}, ${stretch}: ${why}`, "wrong type", status, text.slice(0, 2000));
  const starts = [...startsIn(parsed)].filter(start => start >= days.from.getTime() && start < days.to.getTime());
  return {
    answer: {fileName: `carbon-intensity-${area}-${datesInName(days)}.json`, text, meterPointId: null},
    held: starts.length
  };
}

const minuteOf = (instant: Date) => `${instant.toISOString().slice(0, 16)}Z`;
