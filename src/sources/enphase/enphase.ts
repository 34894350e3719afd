import {z} from "zod";
import {type Api, defineApi} from "../http/api.ts";
import {HttpError} from "../http/http.ts";
import {baseUrl} from "../http/url.ts";
import {addDays, datesInName, laterOf, windowsOf} from "../http/windows.ts";
import {type PortalSite, portalSites} from "../inverters/sites.ts";
import {objectOf, readJson} from "../text/json.ts";

export {enphaseTelemetry} from "./telemetry.ts";

interface Settings {
  readonly url: string;
  readonly key: string;
  readonly token: string;
  readonly systems: readonly PortalSite[];
}

const oldestDays = 730;

/**
 * Enphase's monitoring service, version 4: quarter-hours of the production meter, seven days a call, of the last two years. The smallest plan allows 1,000
 * calls a month. The service does not say for how long it refuses after 429. Its access token lasts a day and is not renewed here.
 */
export const enphase: Api<Settings> = defineApi<Settings>({
  name: "enphase",
  description: "quarter-hourly generation of solar panels, from Enphase's monitoring service",
  feed: "renewable-generation",
  settings: z
    .object({
      CANOPY_ENPHASE_API_KEY: z.string().min(1),
      CANOPY_ENPHASE_ACCESS_TOKEN: z.string().min(1),
      CANOPY_ENPHASE_SYSTEMS: portalSites,
      CANOPY_ENPHASE_URL: baseUrl.default("https://api.enphaseenergy.com")
    })
    .transform(given => ({
      key: given.CANOPY_ENPHASE_API_KEY,
      token: given.CANOPY_ENPHASE_ACCESS_TOKEN,
      systems: given.CANOPY_ENPHASE_SYSTEMS,
      url: given.CANOPY_ENPHASE_URL
    })),
  variables: {
    CANOPY_ENPHASE_API_KEY: "key of the application (secret)",
    CANOPY_ENPHASE_ACCESS_TOKEN: "access token of the account (secret)",
    CANOPY_ENPHASE_SYSTEMS: "systems and the generation meter each is, separated by commas: 1234567:solar-depot",
    CANOPY_ENPHASE_URL: "address of the service, where it is not Enphase's own"
  },
  lookBackDays: 7,
  firstDays: 91,
  budget: {calls: 1000, everySeconds: 2_592_000},
  async *fetch(client, {url, key, token, systems}, {from, to, now}) {
    const oldest = addDays(new Date(Math.floor(now.getTime() / 86_400_000) * 86_400_000), 1 - oldestDays);
    for (const {id, meter} of systems) {
      for (const days of windowsOf({from: laterOf(from, oldest), to}, 7)) {
        const query = new URLSearchParams({start_at: String(days.from.getTime() / 1000), granularity: "week", key});
        const {text, status} = await client.send({
          url: `${url}/api/v4/systems/${id}/telemetry/production_meter?${query}`,
          headers: {Authorization: `Bearer ${token}`},
          accepts: "json"
        });
        if (!Array.isArray(objectOf(readJson(text)).intervals))
          throw new HttpError(`Enphase, system ${id}: an answer without intervals`, "wrong type", status);
        yield {fileName: `enphase-${id}-${datesInName(days)}.json`, text, meterPointId: meter};
      }
    }
  }
});
