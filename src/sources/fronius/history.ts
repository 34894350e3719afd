import {z} from "zod";
import {FeedError} from "../../errors.ts";
import {halfHoursOf, type PartReading} from "../inverters/half-hours.ts";
import {instantOf} from "../text/dates.ts";
import {decimalText} from "../text/decimal.ts";
import {readJson} from "../text/json.ts";
import type {MisshapenRow, Unfolded, Unfolder} from "../text/unfolded.ts";

/** What Solar.web's history and daily totals have in common. */
export const froniusSchema = z.object({
  pvSystemId: z.string(),
  data: z.array(z.unknown())
});

/** One stamp of them, with the energy of the whole system; others of its channels are passed over. */
export const froniusLogSchema = z.object({
  logDateTime: z.string(),
  logDuration: z.number().nullish(),
  channels: z.array(z.object({channelName: z.string(), unit: z.string().nullish(), value: z.unknown()}))
});

/** The channel that is the generation of the system as a whole. */
export const productionChannel = "EnergyProductionTotal";

/** The energy of a stamp in Wh; null where there is none, undefined where it cannot be read. */
export function productionOf({channels}: z.infer<typeof froniusLogSchema>): string | null | undefined {
  const [channel, ...others] = channels.filter(({channelName}) => channelName === productionChannel);
  if (channel === undefined) return null;
  if (others.length > 0) return undefined;
  if (channel.value === null || channel.value === undefined) return null;
  const isEnergy = channel.unit === "Wh" && typeof channel.value === "number" && Number.isFinite(channel.value);
  return isEnergy ? decimalText(channel.value as number) : undefined;
}

/** Whether the head of a file is of Solar.web, by day or not. */
export function isFronius(head: string, {byDay}: {readonly byDay: boolean}): boolean {
  const isOfSolarWeb = /^\ufeff?\s*\{/.test(head) && /"pvSystemId"\s*:/.test(head) && /"data"\s*:\s*\[/.test(head);
  return isOfSolarWeb && /"logDateTime"\s*:\s*"\d{4}-\d\d-\d\d"/.test(head) === byDay;
}

/**
 * Unfolds the history (histdata) of Fronius' Solar.web into rows of start in UTC and energy in Wh, one for each half-hour; `line` counts the stamps from
 * 1. They are five minutes apart and taken to label the start; a half-hour needs all six. A stamp without the channel, or with null, has none.
 *
 * @throws FeedError where the text is no whole answer.
 */
export const froniusHistory: Unfolder = {
  isOf: ({head}) => isFronius(head, {byDay: false}),
  unfold: unfoldHistory
};

const fiveMinutes_s = 300;

function unfoldHistory(text: string): Unfolded {
  const result = froniusSchema.safeParse(readJson(text));
  if (!result.success) throw new FeedError("not Solar.web's history");
  const parts: PartReading[] = [];
  const misshapen: MisshapenRow[] = [];
  for (const [index, each] of result.data.data.entries()) {
    const part = partOf(each, index + 1);
    if ("why" in part) misshapen.push(part);
    else parts.push(part);
  }
  const gathered = halfHoursOf(parts, 5);
  const rows = gathered.halfHours.map(({line, start, energy}) => ({line, cells: [start, energy]}));
  return {rows, misshapen: [...misshapen, ...gathered.misshapen], issued: null};
}

function partOf(each: unknown, line: number): PartReading | MisshapenRow {
  const result = froniusLogSchema.safeParse(each);
  if (!result.success) return {line, why: "no stamp with channels"};
  const {logDateTime, logDuration} = result.data;
  const start_ms = logDateTime.endsWith("Z") ? instantOf(logDateTime)?.getTime() : undefined;
  const energy = productionOf(result.data);
  if (start_ms === undefined) return {line, why: "its stamp is no instant in UTC"};
  if (Math.abs((logDuration ?? fiveMinutes_s) - fiveMinutes_s) > 30)
    return {line, why: `it lasts ${logDuration} seconds, not 300`};
  return energy === undefined ? {line, why: `its ${productionChannel} is no number of Wh`} : {line, start_ms, energy};
}
