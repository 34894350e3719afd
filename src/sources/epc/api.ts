import {z} from "zod";
import {dateOf} from "../../domain/dates.ts";
import {type Ask, defineApi, type Fetched} from "../http/api.ts";
import {type HttpClient, HttpError} from "../http/http.ts";
import {baseUrl} from "../http/url.ts";
import {isOnsCode} from "../national-statistics/table-observations.ts";
import {readJson} from "../text/json.ts";
import type {Register} from "./counts.ts";
import {type Asked, lodgedSchema} from "./search.ts";

const settings = z
  .object({
    EPC_API_TOKEN: z.string().min(1),
    EPC_COUNCIL: z.string().min(1),
    EPC_COUNCIL_CODE: z.string().refine(isOnsCode, "an ONS code such as E08000007"),
    EPC_API_URL: baseUrl.default("https://api.get-energy-performance-data.communities.gov.uk")
  })
  .transform(given => ({
    token: given.EPC_API_TOKEN,
    council: given.EPC_COUNCIL,
    area: given.EPC_COUNCIL_CODE,
    url: given.EPC_API_URL
  }));

type Settings = z.output<typeof settings>;

const pageSchema = z.object({
  data: z.array(lodgedSchema.extend({certificateNumber: z.string().min(1)})),
  pagination: z.object({totalRecords: z.int(), currentPage: z.int(), totalPages: z.int()})
});

type Page = z.infer<typeof pageSchema>;

const registers: readonly Register[] = ["domestic", "non-domestic", "display"];
const pageSize = 5000;
const day_ms = 86_400_000;

/**
 * The registers of energy certificates of England and Wales, searched for one council, month by month. A month is one answer, so that its counts are
 * of all its pages; of each certificate only the band and the day are kept, since its address or number says whose home it is. The day of asking is
 * never asked for, as the service refuses it.
 */
export const epcApi = defineApi<Settings>({
  name: "epc-register",
  description: "Energy certificates lodged in the council's area, by register and month",
  feed: "borough-statistics",
  settings,
  variables: {
    EPC_API_TOKEN: "the bearer token of an account of the energy performance register (secret)",
    EPC_COUNCIL: "the council's name as the register has it, such as Stockport",
    EPC_COUNCIL_CODE: "the council's ONS code, such as E08000007",
    EPC_API_URL: "where the service is, if not at its usual address"
  },
  lookBackDays: 62,
  firstDays: 3653,
  budget: {calls: 5000, everySeconds: 300},
  fetch: async function* (client, given, ask) {
    for (const span of monthsOf(ask))
      for (const register of registers) yield await monthOf(client, given, {register, area: given.area, ...span});
  }
});

type Month = Pick<Asked, "date_start" | "date_end" | "is_whole_month">;

/** Whole months from that of the first day asked for, up to yesterday. */
function monthsOf({from, to, now}: Ask): Month[] {
  const last = Math.min(to.getTime(), Math.floor(now.getTime() / day_ms) * day_ms) - day_ms;
  const months: Month[] = [];
  for (let month = from.getUTCMonth(); ; month += 1) {
    const first = Date.UTC(from.getUTCFullYear(), month, 1);
    const lastOfMonth = Date.UTC(from.getUTCFullYear(), month + 1, 0);
    if (first > last) return months;
    const date_end = isoDay(Math.min(last, lastOfMonth));
    months.push({date_start: isoDay(first), date_end, is_whole_month: lastOfMonth <= last});
  }
}

const isoDay = (instant: number) => dateOf(new Date(instant));

async function monthOf(client: HttpClient, given: Settings, asked: Asked): Promise<Fetched> {
  const kept = new Map<string, z.infer<typeof lodgedSchema>>();
  let pages = 1;
  for (let number = 1; number <= pages; number += 1) {
    const page = await pageOf(client, given, asked, number);
    if (page === null) break;
    const {data, pagination} = page;
    if (pagination.currentPage !== number)
      throw unbelievable(`page ${number} was asked for and ${pagination.currentPage} came`);
    for (const {certificateNumber, currentEnergyEfficiencyBand, registrationDate} of data)
      kept.set(certificateNumber, {currentEnergyEfficiencyBand, registrationDate});
    pages = pagination.totalPages;
    if (number >= pages && kept.size !== pagination.totalRecords)
      throw unbelievable(`${pagination.totalRecords} certificates were announced and ${kept.size} came`);
  }
  return {
    fileName: `epc-${asked.register}-${asked.area}-${asked.date_start.slice(0, 7)}.json`,
    text: JSON.stringify({energy_certificates: asked, data: [...kept.values()]}),
    meterPointId: null
  };
}

/** One page; null where the service says by 404 that there are none. */
async function pageOf(client: HttpClient, given: Settings, asked: Asked, number: number): Promise<Page | null> {
  const query = new URLSearchParams({
    "council[]": given.council,
    date_start: asked.date_start,
    date_end: asked.date_end,
    current_page: String(number),
    page_size: String(pageSize)
  });
  const url = `${given.url}/api/${asked.register}/search?${query}`;
  try {
    const {text} = await client.send({url, headers: {authorization: `Bearer ${given.token}`}, accepts: "json"});
    const page = pageSchema.safeParse(readJson(text));
    if (page.success) return page.data;
    throw unbelievable(wordsIn(text) ?? "the answer is no page of certificates");
  } catch (error) {
    if (!(error instanceof HttpError) || error.kind !== "status") throw error;
    const words = wordsIn(error.body);
    if (error.status === 404 && number === 1 && /^no data\b/i.test(words ?? "")) return null;
    throw words === null ? error : new HttpError(`${error.message}: ${words}`, "status", error.status, error.body);
  }
}

const unbelievable = (what: string) => new HttpError(`energy performance register: ${what}`, "wrong type", 200);

const errorSchema = z.union([
  z.object({data: z.object({error: z.string()})}).transform(({data}) => data.error),
  z.object({error: z.string()}).transform(({error}) => error),
  z.object({errors: z.array(z.object({code: z.string()})).min(1)}).transform(({errors}) => errors[0]?.code ?? "")
]);

/** What the service says in an error, in any of its three shapes. */
function wordsIn(body: string): string | null {
  try {
    const words = errorSchema.safeParse(readJson(body));
    return words.success ? words.data.slice(0, 200) : null;
  } catch {
    return null;
  }
}
