import {z} from "zod";
import {estateEnergy} from "../feeds.ts";
import {type Ask, defineApi, type Fetched} from "../http/api.ts";
import {askEach} from "../http/ask-each.ts";
import {type HttpClient, HttpError} from "../http/http.ts";
import {baseUrl, nextOnSameHost} from "../http/url.ts";
import {compactDate} from "../http/windows.ts";
import {type ListedMeter, meterList} from "../meter-portals/meter-list.ts";
import {readJson} from "../text/json.ts";

/** A meter as Octopus knows it: the meter point and the serial number of one meter at it. */
export interface OctopusMeter {
  readonly meterPointId: string;
  readonly utility: "electricity" | "gas";
  readonly serial: string;
  /** What its readings are, as the answer does not say: kWh, m3, or kWh sent out. */
  readonly kind: "kwh" | "m3" | "export";
}

export interface OctopusSettings {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly meters: readonly OctopusMeter[];
}

const kinds: Readonly<Record<string, OctopusMeter["kind"]>> = {kwh: "kwh", m3: "m3", export: "export"};

function octopusMeter({meterPointId, utility, parts}: ListedMeter): OctopusMeter | string {
  const [serial = "", said, ...others] = parts;
  if (!/^[A-Za-z0-9-]{1,30}$/.test(serial)) return "after the meter point comes the serial number of its meter";
  if (said === undefined && utility === "gas") return "gas meters are in kWh or m3: say which after the serial number";
  const kind = kinds[(said ?? "kWh").toLowerCase()];
  if (kind === undefined || others.length > 0) return "after the serial number comes kWh, m3 or export";
  if ((kind === "m3") !== (utility === "gas") && kind !== "kwh") return `${utility} is not ${kind}`;
  return {meterPointId, utility, serial, kind};
}

const settings = z
  .object({
    CANOPY_OCTOPUS_API_KEY: z.string().min(1),
    CANOPY_OCTOPUS_METERS: meterList(octopusMeter),
    CANOPY_OCTOPUS_BASE_URL: baseUrl.default("https://api.octopus.energy")
  })
  .transform(
    (given): OctopusSettings => ({
      baseUrl: given.CANOPY_OCTOPUS_BASE_URL,
      apiKey: given.CANOPY_OCTOPUS_API_KEY,
      meters: given.CANOPY_OCTOPUS_METERS
    })
  );

/**
 * Half-hours of smart meters from Octopus Energy, or a supplier of the same platform. A meter point that has had two meters is listed with each.
 *
 * The oldest readings are asked for first, so that one that comes between two pages stands at the end; pages are followed by `next` as it stands. An
 * answer says neither meter point nor unit, so both go into the name of the file.
 */
export const octopus = defineApi<OctopusSettings>({
  name: "octopus",
  description: "Octopus Energy: half-hours of smart meters, electricity and gas",
  feed: estateEnergy.name,
  settings,
  variables: {
    CANOPY_OCTOPUS_API_KEY: "key of the account",
    CANOPY_OCTOPUS_METERS:
      "meters between commas, each as MPAN:serial, MPAN:serial:export, MPRN:serial:kWh or MPRN:serial:m3",
    CANOPY_OCTOPUS_BASE_URL: "address of another supplier on the same platform (https://api.octopus.energy)"
  },
  lookBackDays: 14,
  firstDays: 425,
  budget: {calls: 1000, everySeconds: 3600},
  fetch: (client, given, ask) =>
    askEach(
      given.meters,
      ({meterPointId, serial}) => `meter ${meterPointId} ${serial}`,
      meter => pagesOf(client, given, meter, ask)
    )
});

const pageSize = 25_000;
const mostPages = 100;

const pageSchema = z.object({
  count: z.int(),
  next: z.string().nullable(),
  results: z.array(z.object({interval_start: z.string()}))
});

async function* pagesOf(
  client: HttpClient,
  {baseUrl: base, apiKey}: OctopusSettings,
  meter: OctopusMeter,
  {from, to}: Ask
): AsyncGenerator<Fetched> {
  const {meterPointId, serial, kind, utility} = meter;
  const query = new URLSearchParams({
    period_from: from.toISOString(),
    period_to: to.toISOString(),
    page_size: String(pageSize),
    order_by: "period"
  });
  const headers = {authorization: `Basic ${Buffer.from(`${apiKey}:`).toString("base64")}`};
  const name = `octopus-${meterPointId}-${serial}-${kind}-${compactDate(from)}-${compactDate(to)}`;
  let url = `${base}/v1/${utility}-meter-points/${meterPointId}/meters/${encodeURIComponent(serial)}/consumption/?${query}`;
  let received = 0;
  for (let number = 1; number <= mostPages; number += 1) {
    const {text} = await client.send({url, headers, accepts: "json"});
    const page = pageSchema.safeParse(readJson(text));
    if (!page.success) throw new HttpError("an answer that is no page of readings", "wrong type", 200);
    yield {fileName: `${name}-p${number}.json`, text, meterPointId};
    const {count, next, results} = page.data;
    received += results.length;
    if (next === null) return checkCount(received, count);
    const following = nextOnSameHost(url, next);
    if (following === null) throw new HttpError("the next page is on another host", "redirect");
    url = following;
  }
  throw new HttpError(`more than ${mostPages} pages, or pages that lead round in a ring`, "wrong type");
}

function checkCount(received: number, count: number): void {
  if (received < count) throw new HttpError(`${received} readings came where ${count} were counted`, "wrong type");
}
