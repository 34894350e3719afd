import {z} from "zod";
import {dateOf} from "../../domain/dates.ts";
import {type Api, defineApi, type Fetched} from "../http/api.ts";
import {type HttpClient, HttpError} from "../http/http.ts";
import {baseUrl} from "../http/url.ts";
import {addDays, type Days, datesInName, earlierOf, lastDateOf, windowsOf} from "../http/windows.ts";
import {readJson} from "../text/json.ts";
import {errorIn} from "./open-meteo.ts";

interface Settings {
  readonly url: string;
  readonly latitude: string;
  readonly longitude: string;
}

const place = z.string().regex(/^-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?$/, "latitude and longitude, as 53.41,-2.16");

/** Open-Meteo's archive, a year at a call. It answers for the days it has: asked for later ones, it names the last, and is asked again up to it. */
export const openMeteo: Api<Settings> = defineApi<Settings>({
  name: "open-meteo",
  description:
    "hourly temperature where the council is, from Open-Meteo's archive (without a key it is for non-commercial use)",
  feed: "weather",
  settings: z
    .object({CANOPY_WEATHER_PLACE: place, CANOPY_OPEN_METEO_URL: baseUrl.default("https://archive-api.open-meteo.com")})
    .transform(({CANOPY_WEATHER_PLACE: at, CANOPY_OPEN_METEO_URL: url}) => {
      const [latitude = "", longitude = ""] = at.split(",");
      return {url, latitude, longitude};
    }),
  variables: {
    CANOPY_WEATHER_PLACE: "latitude and longitude of the place whose temperature is asked for: 53.41,-2.16",
    CANOPY_OPEN_METEO_URL: "address of the service, where it is not Open-Meteo's own"
  },
  lookBackDays: 10,
  firstDays: 1826,
  budget: {calls: 1000, everySeconds: 86_400},
  async *fetch(client, settings, {from, to, now}) {
    const tomorrow = addDays(new Date(`${dateOf(now)}T00:00:00Z`), 1);
    for (const days of windowsOf({from, to: earlierOf(to, tomorrow)}, 366)) yield* yearOf(client, settings, days);
  }
});

async function* yearOf(client: HttpClient, settings: Settings, days: Days): AsyncIterable<Fetched> {
  const within = await ask(client, settings, days).catch(error => shortened(error, days));
  yield "from" in within ? await ask(client, settings, within) : within;
}

async function ask(client: HttpClient, {url, latitude, longitude}: Settings, days: Days): Promise<Fetched> {
  const query = new URLSearchParams({
    latitude,
    longitude,
    start_date: dateOf(days.from),
    end_date: lastDateOf(days),
    hourly: "temperature_2m",
    timezone: "GMT"
  });
  const {text, status} = await client.send({url: `${url}/v1/archive?${query}`, accepts: "json"});
  const reason = errorIn(readJson(text));
  if (reason !== null)
    throw new HttpError(`Open-Meteo answered with an error: ${reason}`, "wrong type", status, text.slice(0, 2000));
  return {fileName: `open-meteo-${latitude}-${longitude}-${datesInName(days)}.json`, text, meterPointId: null};
}

/** The days up to the last that the service says it has, where it refused later ones; any other error is thrown on. */
function shortened(error: unknown, days: Days): Days {
  const body = error instanceof HttpError ? error.body : "";
  const [, last] = /out of allowed range from \d{4}-\d\d-\d\d to (\d{4}-\d\d-\d\d)/.exec(body) ?? [];
  const to = last === undefined ? null : addDays(new Date(`${last}T00:00:00Z`), 1);
  if (to === null || Number.isNaN(to.getTime()) || to >= days.to || to <= days.from) throw error;
  return {from: days.from, to};
}
