import {z} from "zod";
import {dateOf} from "../../domain/dates.ts";
import {type Ask, defineApi, type Fetched} from "../http/api.ts";
import {type HttpClient, HttpError} from "../http/http.ts";
import {baseUrl} from "../http/url.ts";
import {indexOfHeading, readStatisticsTable} from "../national-statistics/statistics-table.ts";
import {isOnsCode} from "../national-statistics/table-observations.ts";
import {nomisPageSize} from "./population.ts";

const settings = z
  .object({
    NOMIS_AREA_CODES: z
      .string()
      .transform(codes => codes.split(",").map(code => code.trim()))
      .refine(codes => codes.every(isOnsCode), "ONS codes with commas between, such as E08000007"),
    NOMIS_URL: baseUrl.default("https://www.nomisweb.co.uk")
  })
  .transform(given => ({areas: given.NOMIS_AREA_CODES, url: given.NOMIS_URL}));

type Settings = z.output<typeof settings>;

const select =
  "DATE,GEOGRAPHY_CODE,GEOGRAPHY_NAME,GENDER_NAME,C_AGE_NAME,MEASURES_NAME,OBS_VALUE,OBS_STATUS,RECORD_OFFSET,RECORD_COUNT";

/** Mid-year population of the areas named, everybody together, all years at each asking, since re-basing changes them all. */
export const nomisApi = defineApi<Settings>({
  name: "nomis",
  description: "Mid-year population estimates of the areas named",
  feed: "borough-statistics",
  settings,
  variables: {
    NOMIS_AREA_CODES: "ONS codes of the areas, with commas between",
    NOMIS_URL: "where the service is, if not at its usual address"
  },
  lookBackDays: 400,
  firstDays: 3653,
  budget: {calls: 60, everySeconds: 3600},
  fetch: pages
});

async function* pages(client: HttpClient, given: Settings, {to}: Ask): AsyncIterable<Fetched> {
  for (let offset = 0, count = 1; offset < count; ) {
    const text = await pageOf(client, given, offset);
    const {records, total} = sizeOf(text);
    if (records === 0 && offset > 0) throw unbelievable(`the page from record ${offset + 1} of ${count} is empty`);
    yield {fileName: `nomis-population-${dateOf(to)}-${offset}.csv`, text, meterPointId: null};
    if (records === 0) return;
    [offset, count] = [offset + records, total];
  }
}

async function pageOf(client: HttpClient, {url, areas}: Settings, offset: number): Promise<string> {
  const query = new URLSearchParams({
    geography: areas.join(","),
    gender: "0",
    c_age: "200",
    measures: "20100",
    select,
    recordoffset: String(offset),
    recordlimit: String(nomisPageSize)
  });
  return (await client.send({url: `${url}/api/v01/dataset/NM_2002_1.data.csv?${query}`, accepts: "csv"})).text;
}

/** How many records a page has, and how many there are in all. */
function sizeOf(text: string): {records: number; total: number} {
  try {
    const {headings, records} = readStatisticsTable(text, names => names.includes("record_count"));
    const count = records[0]?.cells[indexOfHeading(headings, "record_count")] ?? "0";
    if (/^\d+$/.test(count)) return {records: records.length, total: Number(count)};
  } catch {}
  throw unbelievable("the answer is no table of observations");
}

const unbelievable = (what: string) => new HttpError(`nomis: ${what}`, "wrong type", 200);
