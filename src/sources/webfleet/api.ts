import {z} from "zod";
import {dateOf} from "../../domain/dates.ts";
import {type Api, defineApi} from "../http/api.ts";
import {HttpError, type HttpResponse} from "../http/http.ts";
import {baseUrl} from "../http/url.ts";
import {isJson, readJson} from "../text/json.ts";
import {webfleetEmpty, webfleetProblem} from "./webfleet.ts";

interface WebfleetSettings {
  readonly url: string;
  readonly account: string;
  readonly key: string;
  readonly authorization: string;
}

const settings = z
  .object({
    CANOPY_WEBFLEET_URL: baseUrl.default("https://csv.webfleet.com/extern"),
    CANOPY_WEBFLEET_ACCOUNT: z.string().min(1),
    CANOPY_WEBFLEET_USER: z.string().min(1),
    CANOPY_WEBFLEET_PASSWORD: z.string().min(1),
    CANOPY_WEBFLEET_API_KEY: z.string().min(1)
  })
  .transform(
    (given): WebfleetSettings => ({
      url: given.CANOPY_WEBFLEET_URL,
      account: given.CANOPY_WEBFLEET_ACCOUNT,
      key: given.CANOPY_WEBFLEET_API_KEY,
      authorization: `Basic ${Buffer.from(`${given.CANOPY_WEBFLEET_USER}:${given.CANOPY_WEBFLEET_PASSWORD}`).toString("base64")}`
    })
  );

/**
 * Asks Webfleet for the trips of the days asked for, in one report: it gives one a minute. Webfleet says with HTTP status 200 that there are no trips, which
 * is an answer without data, and that it refuses, which is a failure.
 */
export const webfleetApi: Api<WebfleetSettings> = defineApi({
  name: "webfleet-trips",
  description: "Webfleet: the trip report",
  feed: "journeys",
  settings,
  variables: {
    CANOPY_WEBFLEET_URL: "another address of the service than https://csv.webfleet.com/extern",
    CANOPY_WEBFLEET_ACCOUNT: "the council's account at Webfleet",
    CANOPY_WEBFLEET_USER: "the user canopy signs in as",
    CANOPY_WEBFLEET_PASSWORD: "that user's password",
    CANOPY_WEBFLEET_API_KEY: "the key of Webfleet's connection for other programs"
  },
  lookBackDays: 7,
  firstDays: 31,
  budget: {calls: 1, everySeconds: 60},
  fetch: async function* (client, {url, account, key, authorization}, {from, to}) {
    const report = new URL(url);
    const asked = {
      account,
      apikey: key,
      lang: "en",
      action: "showTripReportExtern",
      outputformat: "json",
      useISO8601: "true",
      useUTF8: "true",
      range_pattern: "ud",
      rangefrom_string: from.toISOString(),
      rangeto_string: to.toISOString()
    };
    for (const [name, value] of Object.entries(asked)) report.searchParams.set(name, value);
    const answer = await client.send({url: report.href, headers: {authorization}, accepts: "text"});
    checkReport(answer);
    const days = `${dateOf(from)}-${dateOf(to)}`;
    yield {fileName: `webfleet-trips-${days}.json`, text: answer.text, meterPointId: null};
  }
});

/** @throws HttpError where an answer with HTTP status 200 is neither trips nor that there are none. */
function checkReport({text, status, headers}: HttpResponse): void {
  const inHeader = /^[1-9]\d{0,4}$/.exec(headers["x-webfleet-errorcode"]?.trim() ?? "")?.[0] ?? null;
  const problem = webfleetProblem(text) ?? inHeader;
  if (problem === webfleetEmpty) return;
  if (problem !== null) throw new HttpError(`Webfleet answers with an error: code ${problem}`, "status", status);
  if (!isJson(text) || !Array.isArray(readJson(text)))
    throw new HttpError("Webfleet: an answer that is no list of trips", "wrong type", status);
}
