import {z} from "zod";
import {estateEnergy} from "../feeds.ts";
import {type Ask, defineApi, type Fetched} from "../http/api.ts";
import {askEach} from "../http/ask-each.ts";
import {type HttpClient, HttpError} from "../http/http.ts";
import {baseUrl} from "../http/url.ts";
import {compactDate, type Days, inWindows} from "../http/windows.ts";
import {type ListedMeter, meterList} from "../meter-portals/meter-list.ts";
import {readJson} from "../text/json.ts";

/** A meter that n3rgy has consent for, and which of its readings are asked for. */
export interface N3rgyMeter {
  readonly meterPointId: string;
  readonly utility: "electricity" | "gas";
  readonly readingType: "consumption" | "production";
}

export interface N3rgySettings {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly meters: readonly N3rgyMeter[];
}

function n3rgyMeter({meterPointId, utility, parts}: ListedMeter): N3rgyMeter | string {
  const [readingType = "consumption", ...others] = parts;
  if ((readingType !== "consumption" && readingType !== "production") || others.length > 0)
    return "after the meter point comes consumption, production or nothing";
  if (utility === "gas" && readingType === "production") return "gas is not produced";
  return {meterPointId, utility, readingType};
}

const settings = z
  .object({
    CANOPY_N3RGY_API_KEY: z.string().min(1),
    CANOPY_N3RGY_METERS: meterList(n3rgyMeter),
    CANOPY_N3RGY_BASE_URL: baseUrl
  })
  .transform(
    (given): N3rgySettings => ({
      baseUrl: given.CANOPY_N3RGY_BASE_URL,
      apiKey: given.CANOPY_N3RGY_API_KEY,
      meters: given.CANOPY_N3RGY_METERS
    })
  );

/** The service takes no more than 90. */
const daysAtOnce = 89;

/** Half-hours of smart meters, electricity and gas, over the national smart meter network, for meters of which n3rgy holds the consent. */
export const n3rgy = defineApi<N3rgySettings>({
  name: "n3rgy",
  description: "n3rgy: half-hours of smart meters with consent, electricity and gas",
  feed: estateEnergy.name,
  settings,
  variables: {
    CANOPY_N3RGY_API_KEY: "key of the account",
    CANOPY_N3RGY_METERS: "meters between commas, each as MPAN, MPRN or MPAN:production",
    CANOPY_N3RGY_BASE_URL: "address of the service, as n3rgy gave it"
  },
  lookBackDays: 30,
  firstDays: 395,
  budget: {calls: 1000, everySeconds: 3600},
  fetch: (client, given, ask) =>
    askEach(
      given.meters,
      ({meterPointId}) => `meter ${meterPointId}`,
      meter => answersOf(client, given, meter, ask),
      [401]
    )
});

const answer = z.object({
  resource: z.string(),
  devices: z.array(z.object({values: z.array(z.unknown())}))
});

function answersOf(client: HttpClient, given: N3rgySettings, meter: N3rgyMeter, ask: Ask): AsyncIterable<Fetched> {
  return inWindows(ask, daysAtOnce, async function* (window) {
    const {text} = await client.send({
      url: addressOf(given, meter, window),
      headers: {"x-api-key": given.apiKey, accept: "application/json"},
      accepts: "json"
    });
    if (!answer.safeParse(readJson(text)).success)
      throw new HttpError("an answer that holds no devices", "wrong type", 200);
    const {meterPointId, readingType} = meter;
    const dates = `${compactDate(window.from)}-${compactDate(window.to)}`;
    yield {fileName: `n3rgy-${meterPointId}-${readingType}-${dates}.json`, text, meterPointId};
  });
}

/** Readings are stamped with the end of their half-hour: a day's are 00:30 to 00:00 of the next. */
function addressOf({baseUrl: base}: N3rgySettings, {meterPointId, utility, readingType}: N3rgyMeter, {from, to}: Days) {
  const query = new URLSearchParams({
    granularity: "halfhour",
    outputFormat: "json",
    start: `${compactDate(from)}0030`,
    end: `${compactDate(to)}0000`
  });
  return `${base}/mpxn/${meterPointId}/utility/${utility}/readingtype/${readingType}?${query}`;
}
