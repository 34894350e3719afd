import {z} from "zod";
import {dateOf} from "../../domain/dates.ts";
import {type Api, defineApi} from "../http/api.ts";
import {type HttpClient, HttpError} from "../http/http.ts";
import {baseUrl} from "../http/url.ts";
import {type Days, datesInName, lastDateOf, windowsOf} from "../http/windows.ts";

/** National Gas' publication of the calorific value of each local distribution zone. */
const publications = {
  EA: "PUBOB4507",
  EM: "PUBOB4508",
  NO: "PUBOB4509",
  NE: "PUBOB4510",
  NT: "PUBOB4511",
  NW: "PUBOB4512",
  SC: "PUBOB4513",
  SO: "PUBOB4514",
  SE: "PUBOB4515",
  SW: "PUBOB4516",
  WM: "PUBOB4517",
  WN: "PUBOB4518",
  WS: "PUBOB4519",
  LO: "PUBOB4521",
  LS: "PUBOB4522"
} as const;

type Zone = keyof typeof publications;

interface Settings {
  readonly url: string;
  readonly zone: Zone;
}

/** National Gas' download of data items, 90 gas days a call, the latest value of each. It answers with nothing at all where it has none. */
export const calorificValueApi: Api<Settings> = defineApi<Settings>({
  name: "gas-calorific-value",
  description: "daily calorific value of the gas in a local distribution zone, from National Gas",
  feed: "gas-quality",
  settings: z
    .object({
      CANOPY_GAS_ZONE: z.enum(Object.keys(publications) as [Zone, ...Zone[]]).default("NW"),
      CANOPY_NATIONAL_GAS_URL: baseUrl.default("https://data.nationalgas.com")
    })
    .transform(({CANOPY_GAS_ZONE: zone, CANOPY_NATIONAL_GAS_URL: url}) => ({zone, url})),
  variables: {
    CANOPY_GAS_ZONE: `local distribution zone, ${Object.keys(publications).join(", ")}; NW where it is not given`,
    CANOPY_NATIONAL_GAS_URL: "address of the service, where it is not National Gas' own"
  },
  lookBackDays: 30,
  firstDays: 730,
  budget: {calls: 200, everySeconds: 86_400},
  async *fetch(client, settings, {from, to}) {
    for (const days of windowsOf({from, to}, 90)) {
      const text = await ask(client, settings, days);
      if (text !== null)
        yield {fileName: `gas-calorific-value-${settings.zone}-${datesInName(days)}.csv`, text, meterPointId: null};
    }
  }
});

/** The answer; null where it is empty, which is how the service says that it has nothing. */
async function ask(client: HttpClient, {url, zone}: Settings, days: Days): Promise<string | null> {
  const query = new URLSearchParams({
    applicableFor: "Y",
    dateFrom: dateOf(days.from),
    dateTo: lastDateOf(days),
    dateType: "GASDAY",
    ids: publications[zone],
    latestFlag: "Y",
    type: "CSV"
  });
  try {
    const {text} = await client.send({url: `${url}/api/find-gas-data-download?${query}`, accepts: "csv"});
    return text;
  } catch (error) {
    const isEmpty =
      error instanceof HttpError &&
      error.kind === "wrong type" &&
      error.status !== null &&
      error.status < 300 &&
      error.body.trim() === "";
    if (isEmpty) return null;
    throw error;
  }
}
