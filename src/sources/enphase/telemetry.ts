import {z} from "zod";
import {FeedError} from "../../errors.ts";
import {halfHoursOf, type PartReading} from "../inverters/half-hours.ts";
import {decimalText} from "../text/decimal.ts";
import {readJson} from "../text/json.ts";
import type {MisshapenRow, Unfolded, Unfolder} from "../text/unfolded.ts";

const telemetrySchema = z.object({total_devices: z.number(), intervals: z.array(z.unknown())});

const intervalSchema = z.object({
  end_at: z.int().positive().max(32_503_680_000),
  devices_reporting: z.int().nonnegative(),
  enwh: z.number().nullish(),
  wh_del: z.number().nullish()
});

const quarter_s = 900;

/**
 * Unfolds the production meter telemetry of Enphase's monitoring service (version 4) into rows of start in UTC and energy in Wh, one for each half-hour;
 * `line` counts the intervals from 1. Intervals are quarter-hours labelled at their end, in seconds since 1970; the energy is `enwh` or `wh_del`. An
 * interval for which no device reported has none, whatever it says; one for which not all did is misshapen, and so is one that is no quarter of a clock hour.
 *
 * @throws FeedError where the text is no whole answer, or its intervals are shorter than a quarter-hour, as those of micro-inverters are.
 */
export const enphaseTelemetry: Unfolder = {
  isOf: ({head}) =>
    /^\ufeff?\s*\{/.test(head) && /"system_id"\s*:/.test(head) && /"items"\s*:\s*"intervals"/.test(head),
  unfold: unfoldTelemetry
};

function unfoldTelemetry(text: string): Unfolded {
  const result = telemetrySchema.safeParse(readJson(text));
  if (!result.success) throw new FeedError("not Enphase's telemetry of intervals");
  const {parts, misshapen} = partsOf(result.data);
  checkLength(parts);
  const {halfHours, misshapen: spoilt} = halfHoursOf(parts, 15);
  return {
    rows: halfHours.map(({line, start, energy}) => ({line, cells: [start, energy]})),
    misshapen: [...misshapen, ...spoilt],
    issued: null
  };
}

function partsOf({total_devices, intervals}: z.infer<typeof telemetrySchema>): {
  parts: PartReading[];
  misshapen: MisshapenRow[];
} {
  const parts: PartReading[] = [];
  const misshapen: MisshapenRow[] = [];
  for (const [index, each] of intervals.entries()) {
    const line = index + 1;
    const result = intervalSchema.safeParse(each);
    if (!result.success) {
      misshapen.push({line, why: "no interval with an end and how many devices reported"});
      continue;
    }
    const {end_at, devices_reporting, enwh, wh_del} = result.data;
    const energy = enwh ?? wh_del ?? null;
    const isPart = devices_reporting > 0 && devices_reporting < total_devices;
    if (isPart) misshapen.push({line, why: `${devices_reporting} of ${total_devices} devices reported`});
    const isHeld = devices_reporting > 0 && !isPart && energy !== null;
    parts.push({line, start_ms: (end_at - quarter_s) * 1000, energy: isHeld ? decimalText(energy) : null});
  }
  return {parts, misshapen};
}

function checkLength(parts: readonly PartReading[]): void {
  const starts = [...new Set(parts.map(({start_ms}) => start_ms))].sort((a, b) => a - b);
  const isShorter = starts.some((start, index) => index > 0 && start - (starts[index - 1] ?? 0) < quarter_s * 1000);
  if (isShorter)
    throw new FeedError("its intervals are shorter than a quarter of an hour: ask for those of the production meter");
}
