import {z} from "zod";
import {FeedError} from "../../errors.ts";
import type {Observation} from "../kinds.ts";
import type {RejectedRecord} from "../record-format.ts";
import {readJson} from "../text/json.ts";
import {boroughFormat} from "../text/observation-format.ts";

const vehicles = [
  "pedal_cycles",
  "two_wheeled_motor_vehicles",
  "cars_and_taxis",
  "buses_and_coaches",
  "lgvs",
  "all_hgvs",
  "all_motor_vehicles"
] as const;

const count = z.int().nonnegative().nullable().optional();

const flowSchema = z.object({
  count_point_id: z.int(),
  year: z.int().min(1993).max(2099),
  estimation_method: z.enum(["Counted", "Estimated"]),
  ...(Object.fromEntries(vehicles.map(name => [name, count])) as Record<(typeof vehicles)[number], typeof count>)
});

/** One page of flows, as the service gives it; its flows are looked at one by one. */
export const flowPageSchema = z.object({
  current_page: z.int(),
  last_page: z.int(),
  total: z.int(),
  data: z.array(z.unknown())
});

/**
 * Average daily flow of traffic in a year at count points on roads, by kind of vehicle: one page of the service's answer. Flows that were counted and
 * flows that were estimated from other years or places are two series. Areas are count points by their numbers. They are no total of the borough.
 */
export const averageDailyTraffic = boroughFormat({
  name: "dft-average-daily-traffic",
  description: "Average daily traffic at count points by year and kind of vehicle",
  evidence:
    "Paging as public code that calls the service has it; some of the fields of a flow from memory. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  provider: "dft",
  version: 1,
  isOf: ({head}) => /^\s*\{/.test(head) && /"count_point_id"\s*:/.test(head) && /"estimation_method"\s*:/.test(head),
  parse: text => {
    const rows: Observation[] = [];
    const rejected: RejectedRecord[] = [];
    const seen = new Set<string>();
    for (const [index, given] of pageIn(text).data.entries()) {
      const flow = flowSchema.safeParse(given);
      const reject = (rule: string, value: string) => void rejected.push({line: index + 1, rule, value});
      if (!flow.success) {
        const [issue] = flow.error.issues;
        reject(
          "a flow has a count point, a year, a method and counts",
          `${issue?.path.join(".")}: ${issue?.message}`.slice(0, 80)
        );
        continue;
      }
      const place = `count point ${flow.data.count_point_id}`;
      const key = `${place}, ${flow.data.year}`;
      if (seen.has(key)) reject("a count point stands once a year", key);
      else rows.push(...rowsOf(flow.data, place, index + 1));
      seen.add(key);
    }
    return {rows, rejected, dropped: 0, records: rows.length + rejected.length, issued: null};
  }
});

function rowsOf(flow: z.infer<typeof flowSchema>, area: string, line: number): Observation[] {
  const series = flow.estimation_method === "Counted" ? "average_daily_traffic" : "average_daily_traffic_estimated";
  return vehicles.flatMap(item => {
    const flowing = flow[item];
    if (flowing === undefined) return [];
    const said =
      flowing === null
        ? ({value: null, status: "missing"} as const)
        : ({value: String(flowing), status: "actual"} as const);
    return [
      {
        line,
        series,
        item,
        area,
        starts_at: `${flow.year}-01-01`,
        period: "year" as const,
        unit: "vehicles a day",
        ...said
      }
    ];
  });
}

function pageIn(text: string): z.infer<typeof flowPageSchema> {
  try {
    return flowPageSchema.parse(readJson(text));
  } catch (cause) {
    throw new FeedError("no whole page of traffic flows", {cause});
  }
}
