import {z} from "zod";
import {dateOf} from "../../domain/dates.ts";
import {foldRegistration} from "../../domain/pseudonym.ts";
import {type Api, defineApi, type Fetched} from "../http/api.ts";
import {type HttpClient, HttpError} from "../http/http.ts";
import {baseUrl} from "../http/url.ts";

interface DvlaSettings {
  readonly url: string;
  readonly key: string;
  readonly registrations: readonly string[];
}

const live = "https://driver-vehicle-licensing.api.gov.uk/vehicle-enquiry/v1";

const settings = z
  .object({
    CANOPY_DVLA_API_KEY: z.string().min(1),
    CANOPY_DVLA_REGISTRATIONS: z.string().min(1),
    CANOPY_DVLA_URL: baseUrl.default(live)
  })
  .transform(
    (given): DvlaSettings => ({
      url: given.CANOPY_DVLA_URL,
      key: given.CANOPY_DVLA_API_KEY,
      registrations: [...new Set(given.CANOPY_DVLA_REGISTRATIONS.split(/[,;\n]/).map(foldRegistration))].filter(
        registration => registration !== ""
      )
    })
  );

/** Answers in one file. */
const batch = 100;

/**
 * Asks the DVLA for each vehicle once a year: a registration has its day of the year, worked out from its letters, and is asked for where that day is among
 * those asked for. So the first call, of a year, asks for all, and each day after it for a few.
 *
 * A vehicle that the DVLA does not know (404) or whose number it does not take (400) is noted among the answers, beside the others; any other failure ends the
 * asking, after the answers before it are given. File names hold no registration.
 */
export const dvlaApi: Api<DvlaSettings> = defineApi({
  name: "dvla-vehicles",
  description: "DVLA vehicle enquiry service: make, fuel and emissions of the council's vehicles",
  feed: "vehicles",
  settings,
  variables: {
    CANOPY_DVLA_API_KEY: "the key of the DVLA vehicle enquiry service",
    CANOPY_DVLA_REGISTRATIONS: "the registrations of vehicles owned or hired, with commas between",
    CANOPY_DVLA_URL: `another address of the service than ${live}, such as that of its test environment`
  },
  lookBackDays: 0,
  firstDays: 366,
  budget: {calls: 2000, everySeconds: 86_400},
  fetch: async function* (client, given, {from, to, now}) {
    const due = given.registrations.filter(registration => isDue(registration, from, to));
    for (let first = 0; first < due.length; first += batch) {
      const {answers, failure} = await answersOf(client, given, due.slice(first, first + batch));
      if (answers.length > 0) yield fileOf(answers, now, first / batch + 1);
      if (failure !== null) throw failure;
    }
  }
});

const dayMs = 86_400_000;
const yearDays = 365;

/** Whether the day of the year on which a vehicle is asked for is from one instant to before another. */
function isDue(registration: string, from: Date, to: Date): boolean {
  const sum = [...registration].reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % yearDays, 0);
  const [first, end] = [Math.floor(from.getTime() / dayMs), Math.ceil(to.getTime() / dayMs)];
  return first + ((sum - (first % yearDays) + yearDays) % yearDays) < end;
}

async function answersOf(client: HttpClient, given: DvlaSettings, registrations: readonly string[]) {
  const answers: string[] = [];
  for (const registration of registrations) {
    try {
      answers.push(await answerOf(client, given, registration));
    } catch (failure) {
      return {answers, failure};
    }
  }
  return {answers, failure: null};
}

async function answerOf(client: HttpClient, {url, key}: DvlaSettings, registrationNumber: string): Promise<string> {
  try {
    const {text} = await client.send({
      method: "POST",
      url: `${url}/vehicles`,
      headers: {"x-api-key": key},
      json: {registrationNumber},
      accepts: "json"
    });
    return text.trim();
  } catch (error) {
    if (!(error instanceof HttpError) || (error.status !== 404 && error.status !== 400)) throw error;
    const code = codeIn(error.body);
    if (code === null) throw error;
    return JSON.stringify({registrationNumber, errors: [{status: String(error.status), code}]});
  }
}

/** The service's own code of an error; null where it has none, as at a wrong address. */
function codeIn(body: string): string | null {
  return /"code"\s*:\s*"(\w{1,20})"/.exec(body)?.[1] ?? null;
}

function fileOf(answers: readonly string[], now: Date, part: number): Fetched {
  const day = dateOf(now);
  return {fileName: `dvla-vehicles-${day}-p${part}.json`, text: `[${answers.join(",\n")}]\n`, meterPointId: null};
}
