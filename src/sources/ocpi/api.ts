import {z} from "zod";
import {dateOf} from "../../domain/dates.ts";
import {type Api, defineApi} from "../http/api.ts";
import {HttpError, type HttpResponse} from "../http/http.ts";
import {baseUrl, nextOnSameHost} from "../http/url.ts";
import {readJson} from "../text/json.ts";
import {ocpiProblem} from "./cdrs.ts";

interface OcpiSettings {
  readonly url: string;
  readonly authorization: string;
}

const settings = z
  .object({
    CANOPY_OCPI_URL: baseUrl,
    CANOPY_OCPI_TOKEN: z.string().min(1),
    CANOPY_OCPI_TOKEN_PLAIN: z.enum(["yes", "no"]).default("no")
  })
  .transform(
    ({CANOPY_OCPI_URL, CANOPY_OCPI_TOKEN, CANOPY_OCPI_TOKEN_PLAIN}): OcpiSettings => ({
      url: CANOPY_OCPI_URL,
      authorization: `Token ${CANOPY_OCPI_TOKEN_PLAIN === "yes" ? CANOPY_OCPI_TOKEN : Buffer.from(CANOPY_OCPI_TOKEN).toString("base64")}`
    })
  );

/** Records asked for at a time; the service may give fewer. */
const limit = 100;

/**
 * Asks a charge point operator for its charge detail records that were updated in the days asked for, page after page: the next page is the one that the
 * answer links to, on the same host; where it links to none, the records after those that came, until as many have come as it says there are.
 *
 * OCPI sends its errors with HTTP status 200: an answer of a status code outside 1000 to 1999 is a failure.
 */
export const ocpiApi: Api<OcpiSettings> = defineApi({
  name: "ocpi-cdrs",
  description: "a charge point operator's OCPI 2.2.1 charge detail records",
  feed: "ev-charging",
  settings,
  variables: {
    CANOPY_OCPI_URL: "the address of the operator's CDRs endpoint (sender interface)",
    CANOPY_OCPI_TOKEN: "the credentials token that the operator gave",
    CANOPY_OCPI_TOKEN_PLAIN: "yes where the operator wants the token as it is, not Base64-encoded"
  },
  lookBackDays: 3,
  firstDays: 365,
  budget: {calls: 500, everySeconds: 86_400},
  fetch: async function* (client, {url, authorization}, {from, to}) {
    const headers = {authorization};
    const asked = new Set<string>();
    let received = 0;
    let next: string | null = pageAt(url, from, to, 0);
    while (next !== null) {
      if (asked.has(next)) throw new HttpError("OCPI: the next page is one that has been read", "wrong type", 200);
      asked.add(next);
      const answer: HttpResponse = await client.send({url: next, headers, accepts: "json"});
      const count = recordsIn(answer);
      const days = `${dateOf(from)}-${dateOf(to)}`;
      yield {fileName: `ocpi-cdrs-${days}-p${asked.size}.json`, text: answer.text, meterPointId: null};
      received += count;
      const linked = linkedPage(answer);
      const isShort = linked === null && received < totalOf(answer);
      if (isShort && count === 0)
        throw new HttpError(`OCPI: ${received} records came of ${totalOf(answer)} there are`, "wrong type", 200);
      next = isShort ? pageAt(url, from, to, received) : linked;
    }
  }
});

function pageAt(url: string, from: Date, to: Date, offset: number): string {
  const page = new URL(url);
  const asked = {
    date_from: from.toISOString(),
    date_to: to.toISOString(),
    offset: String(offset),
    limit: String(limit)
  };
  for (const [name, value] of Object.entries(asked)) page.searchParams.set(name, value);
  return page.href;
}

/** How many records an answer holds; thrown where it is an error though its HTTP status is 200, or fewer than it says there are. */
function recordsIn({text, status, headers}: HttpResponse): number {
  const body = readJson(text) as {readonly data?: unknown};
  const problem = ocpiProblem(body);
  if (problem !== null) throw new HttpError(problem, "status", status, text.slice(0, 2000));
  if (!Array.isArray(body.data)) throw new HttpError("OCPI: an answer without a list of records", "wrong type", status);
  const isLost = body.data.length === 0 && headers.link !== undefined && /rel="?next/i.test(headers.link);
  if (isLost) throw new HttpError("OCPI: an empty page that links to a next one", "wrong type", status);
  return body.data.length;
}

const totalOf = ({headers}: HttpResponse) => Number(/^\d{1,9}$/.exec(headers["x-total-count"] ?? "")?.[0] ?? 0);

/** The address that a `Link` header calls the next; thrown where it leads to another host, since the token goes with the call. */
function linkedPage({headers, url, status}: HttpResponse): string | null {
  const link = /<([^>]+)>\s*;[^,<]*\brel="?next\b/i.exec(headers.link ?? "")?.[1];
  if (link === undefined) return null;
  const next = nextOnSameHost(url, link);
  if (next === null)
    throw new HttpError("OCPI: the next page is on another host, which is not called", "redirect", status);
  return next;
}
