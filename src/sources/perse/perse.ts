import {z} from "zod";
import {dateOf} from "../../domain/dates.ts";
import {estateEnergy} from "../feeds.ts";
import {type Ask, defineApi, type Fetched} from "../http/api.ts";
import {askEach} from "../http/ask-each.ts";
import {type HttpClient, HttpError} from "../http/http.ts";
import {baseUrl} from "../http/url.ts";
import {compactDate} from "../http/windows.ts";
import {meterList} from "../meter-portals/meter-list.ts";
import {readJson} from "../text/json.ts";

export interface PerseSettings {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly meterPointIds: readonly string[];
}

const settings = z
  .object({
    CANOPY_PERSE_API_KEY: z.string().min(1),
    CANOPY_PERSE_METERS: meterList(({meterPointId, utility, parts}) => {
      if (utility !== "electricity") return "not an MPAN";
      return parts.length === 0 ? {meterPointId} : "nothing comes after the MPAN";
    }),
    CANOPY_PERSE_BASE_URL: baseUrl
  })
  .transform(
    (given): PerseSettings => ({
      baseUrl: given.CANOPY_PERSE_BASE_URL,
      apiKey: given.CANOPY_PERSE_API_KEY,
      meterPointIds: given.CANOPY_PERSE_METERS.map(({meterPointId}) => meterPointId)
    })
  );

/** Half-hours of electricity meters from Perse, from a date to the newest it has. Days of the last week are asked for again: they are corrected. */
export const perse = defineApi<PerseSettings>({
  name: "perse",
  description: "Perse: half-hours of electricity meters",
  feed: estateEnergy.name,
  settings,
  variables: {
    CANOPY_PERSE_API_KEY: "key of the account",
    CANOPY_PERSE_METERS: "MPANs between commas",
    CANOPY_PERSE_BASE_URL: "address of the service, as Perse gave it"
  },
  lookBackDays: 7,
  firstDays: 425,
  budget: {calls: 7200, everySeconds: 3600},
  fetch: (client, given, ask) =>
    askEach(
      given.meterPointIds,
      meterPointId => `meter ${meterPointId}`,
      meterPointId => answerOf(client, given, meterPointId, ask)
    )
});

const answer = z.object({data: z.array(z.object({Date: z.string(), MPAN: z.string()}))});

async function* answerOf(
  client: HttpClient,
  {baseUrl: base, apiKey}: PerseSettings,
  meterPointId: string,
  {from}: Ask
): AsyncGenerator<Fetched> {
  const query = new URLSearchParams({MPAN: meterPointId, fromDate: dateOf(from)});
  const url = `${base}/meterhistory/v2/realtime-data?${query}`;
  const {text} = await client.send({url, headers: {api_key: apiKey}, accepts: "json"});
  const parsed = answer.safeParse(readJson(text));
  if (!parsed.success) throw new HttpError("an answer that holds no days", "wrong type", 200);
  if (parsed.data.data.some(({MPAN}) => MPAN !== meterPointId))
    throw new HttpError("an answer that holds days of another meter", "wrong type", 200);
  yield {fileName: `perse-${meterPointId}-${compactDate(from)}.json`, text, meterPointId};
}
