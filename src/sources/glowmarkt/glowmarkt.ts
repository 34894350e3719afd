import {z} from "zod";
import {timestampText} from "../../domain/british-clock.ts";
import {estateEnergy} from "../feeds.ts";
import {type Ask, defineApi, type Fetched} from "../http/api.ts";
import {askEach} from "../http/ask-each.ts";
import {type HttpClient, HttpError, type HttpRequest, type HttpResponse} from "../http/http.ts";
import {baseUrl} from "../http/url.ts";
import {compactDate, type Days, inWindows} from "../http/windows.ts";
import {type ListedMeter, meterList} from "../meter-portals/meter-list.ts";
import {readJson} from "../text/json.ts";

/** A meter point and the resource of the service that holds its consumption. */
export interface GlowmarktMeter {
  readonly meterPointId: string;
  readonly resourceId: string;
}

export interface GlowmarktSettings {
  readonly baseUrl: string;
  readonly applicationId: string;
  readonly username: string;
  readonly password: string;
  readonly meters: readonly GlowmarktMeter[];
}

function glowmarktMeter({meterPointId, parts}: ListedMeter): GlowmarktMeter | string {
  const [resourceId = "", ...others] = parts;
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(resourceId) || others.length > 0)
    return "after the meter point comes the id of its resource";
  return {meterPointId, resourceId};
}

/** The id of the service's own public application. */
const publicApplicationId = "b0f1b774-a586-4f72-9edd-27ead8aa7a8d";

const settings = z
  .object({
    CANOPY_GLOWMARKT_USERNAME: z.string().min(1),
    CANOPY_GLOWMARKT_PASSWORD: z.string().min(1),
    CANOPY_GLOWMARKT_METERS: meterList(glowmarktMeter),
    CANOPY_GLOWMARKT_APPLICATION_ID: z.string().min(1).default(publicApplicationId),
    CANOPY_GLOWMARKT_BASE_URL: baseUrl.default("https://api.glowmarkt.com/api/v0-1")
  })
  .transform(
    (given): GlowmarktSettings => ({
      baseUrl: given.CANOPY_GLOWMARKT_BASE_URL,
      applicationId: given.CANOPY_GLOWMARKT_APPLICATION_ID,
      username: given.CANOPY_GLOWMARKT_USERNAME,
      password: given.CANOPY_GLOWMARKT_PASSWORD,
      meters: given.CANOPY_GLOWMARKT_METERS
    })
  );

/** As many as the service takes of half-hours. */
const daysAtOnce = 10;

/**
 * Half-hours of smart meters from Glowmarkt (Hildebrand). It is logged in once for each time it is asked, and once more where the token is refused,
 * since tokens end before or after they say. Missing half-hours are asked for as null: without that they come as 0.
 */
export const glowmarkt = defineApi<GlowmarktSettings>({
  name: "glowmarkt",
  description: "Glowmarkt (Hildebrand): half-hours of smart meters, electricity and gas",
  feed: estateEnergy.name,
  settings,
  variables: {
    CANOPY_GLOWMARKT_USERNAME: "name of the account",
    CANOPY_GLOWMARKT_PASSWORD: "password of the account",
    CANOPY_GLOWMARKT_METERS: "meters between commas, each as MPAN:resource id or MPRN:resource id",
    CANOPY_GLOWMARKT_APPLICATION_ID: "id of the application (the service's public one)",
    CANOPY_GLOWMARKT_BASE_URL: "address of the service (https://api.glowmarkt.com/api/v0-1)"
  },
  lookBackDays: 14,
  firstDays: 395,
  budget: {calls: 500, everySeconds: 3600},
  fetch: (client, given, ask) => {
    const send = loggedIn(client, given);
    return askEach(
      given.meters,
      ({meterPointId}) => `meter ${meterPointId}`,
      meter => answersOf(send, given, meter, ask)
    );
  }
});

type Send = (request: HttpRequest) => Promise<HttpResponse>;

const readings = z.object({resourceId: z.string(), data: z.array(z.unknown())});

function answersOf(send: Send, given: GlowmarktSettings, meter: GlowmarktMeter, ask: Ask): AsyncIterable<Fetched> {
  const {meterPointId, resourceId} = meter;
  return inWindows(ask, daysAtOnce, async function* (window) {
    const {text} = await send({url: addressOf(given, resourceId, window), accepts: "json"});
    const answer = readings.safeParse(readJson(text));
    if (!answer.success || answer.data.resourceId.toLowerCase() !== resourceId.toLowerCase())
      throw new HttpError("an answer that is not of this resource's readings", "wrong type", 200);
    const dates = `${compactDate(window.from)}-${compactDate(window.to)}`;
    yield {fileName: `glowmarkt-${meterPointId}-${dates}.json`, text, meterPointId};
  });
}

function addressOf({baseUrl: base}: GlowmarktSettings, resourceId: string, {from, to}: Days): string {
  const written = (at: Date) => timestampText(at).replace(" ", "T");
  const query = new URLSearchParams({
    from: written(from),
    to: written(new Date(to.getTime() - 1000)),
    period: "PT30M",
    offset: "0",
    function: "sum",
    nulls: "1"
  });
  return `${base}/resource/${resourceId}/readings?${query}`;
}

/** Sends calls with a token, got before the first of them and, once in all, when it is refused. */
function loggedIn(client: HttpClient, given: GlowmarktSettings): Send {
  let token: string | null = null;
  let isRenewed = false;
  return async request => {
    token ??= await logIn(client, given);
    try {
      return await client.send(withToken(request, given, token));
    } catch (error) {
      if (!(error instanceof HttpError) || error.status !== 401 || isRenewed) throw error;
      isRenewed = true;
      token = await logIn(client, given);
      return client.send(withToken(request, given, token));
    }
  };
}

function withToken(request: HttpRequest, {applicationId}: GlowmarktSettings, token: string): HttpRequest {
  return {...request, headers: {...request.headers, applicationId, token}};
}

const login = z.object({valid: z.literal(true), token: z.string().min(1)});

async function logIn(client: HttpClient, {baseUrl: base, applicationId, username, password}: GlowmarktSettings) {
  const {text} = await client.send({
    method: "POST",
    url: `${base}/auth`,
    headers: {applicationId},
    json: {username, password},
    accepts: "json"
  });
  const answer = login.safeParse(readJson(text));
  if (!answer.success) throw new HttpError("the name or password of the account is refused", "status", 401);
  return answer.data.token;
}
