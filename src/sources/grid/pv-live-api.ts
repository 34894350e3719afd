import {z} from "zod";
import {type Api, defineApi} from "../http/api.ts";
import {HttpError} from "../http/http.ts";
import {baseUrl} from "../http/url.ts";
import {datesInName, windowsOf} from "../http/windows.ts";
import {utcText} from "../text/dates.ts";
import {readJson} from "../text/json.ts";
import {failureIn} from "./pv-live.ts";
import {nextHalfHour} from "./utc-half-hours.ts";

interface Settings {
  readonly url: string;
  readonly kind: string;
  readonly id: string;
}

/** PV_Live, version 4: at most 30 days a call for an area, a year for Great Britain. An end is asked for, since its stamps are ends. */
export const pvLiveApi: Api<Settings> = defineApi<Settings>({
  name: "pv-live",
  description: "half-hourly solar generation of an area as Sheffield Solar estimates it",
  feed: "grid",
  settings: z
    .object({
      CANOPY_PV_LIVE_AREA: z
        .string()
        .regex(/^(gsp|pes):\d{1,4}$/, "gsp:0 for Great Britain, or gsp or pes with a number: pes:16"),
      CANOPY_PV_LIVE_URL: baseUrl.default("https://api.pvlive.uk")
    })
    .transform(({CANOPY_PV_LIVE_AREA, CANOPY_PV_LIVE_URL: url}) => {
      const [kind = "", id = ""] = CANOPY_PV_LIVE_AREA.split(":");
      return {url, kind, id};
    }),
  variables: {
    CANOPY_PV_LIVE_AREA: "the area: gsp:0 is Great Britain, pes:16 is the network of the North West",
    CANOPY_PV_LIVE_URL: "address of the service, where it is not Sheffield Solar's own"
  },
  lookBackDays: 3,
  firstDays: 366,
  budget: {calls: 500, everySeconds: 86_400},
  async *fetch(client, {url, kind, id}, {from, to}) {
    const isNational = kind === "gsp" && Number(id) === 0;
    for (const days of windowsOf({from, to}, isNational ? 365 : 30)) {
      const query = new URLSearchParams({
        start: utcText(nextHalfHour(days.from)),
        end: utcText(days.to),
        extra_fields: "installedcapacity_mwp",
        period: "30"
      });
      const {text, status} = await client.send({url: `${url}/pvlive/api/v4/${kind}/${id}?${query}`, accepts: "json"});
      const why = failureIn(readJson(text));
      if (why !== null) throw new HttpError(`PV_Live: ${why}`, "wrong type", status, text.slice(0, 2000));
      yield {fileName: `pv-live-${kind}${id}-${datesInName(days)}.json`, text, meterPointId: null};
    }
  }
});
