import {z} from "zod";
import {isRealDate} from "../../domain/dates.ts";
import {FeedError} from "../../errors.ts";
import type {Observation} from "../kinds.ts";
import type {RecordFormat, RejectedRecord} from "../record-format.ts";
import {decimalText} from "../text/decimal.ts";
import {objectOf, readJson} from "../text/json.ts";
import {observationFile} from "../text/observation-file.ts";

const archiveSchema = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  utc_offset_seconds: z.literal(0),
  hourly_units: z.object({temperature_2m: z.literal("°C")}),
  hourly: z.object({time: z.array(z.string()), temperature_2m: z.array(z.unknown())})
});

/**
 * Hourly air temperature from Open-Meteo's archive, in columns, in UTC: series `air_temperature` in degC, the area being the middle of the grid cell that
 * the service took ("53.39,-2.15"). The newest hours are null until the reanalysis has come to them: missing, and later replaced.
 *
 * @throws FeedError where the text is an error, is not in GMT or in degrees Celsius, or its columns are not of one length.
 */
export const openMeteoArchive: RecordFormat<"observation"> = {
  name: "open-meteo-archive",
  description: "Open-Meteo archive: hourly temperature of the ERA5 reanalysis",
  evidence:
    "A published answer; hours are instants in UTC where GMT was asked for, which the offset in the file confirms.",
  confirmation: "confirmed",
  feed: "weather",
  kind: "observation",
  provider: "open-meteo",
  version: 1,
  isOf: ({head}) =>
    /^\ufeff?\s*\{/.test(head) && /"generationtime_ms"\s*:/.test(head) && /"hourly_units"\s*:/.test(head),
  parse: text => {
    const {latitude, longitude, hourly} = archiveIn(text);
    const area = `${decimalText(latitude)},${decimalText(longitude)}`;
    const read = hourly.time.map((time, index) => hourOf(time, hourly.temperature_2m[index], index + 1, area));
    return observationFile({figures: read.filter(row => "series" in row), rejected: read.filter(row => "rule" in row)});
  }
};

function archiveIn(text: string): z.infer<typeof archiveSchema> {
  const answer = readJson(text);
  const reason = errorIn(answer);
  if (reason !== null) throw new FeedError(`the service answered with an error: ${reason}`);
  const result = archiveSchema.safeParse(answer);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new FeedError(`not hourly temperature in GMT and °C: ${issue?.path.join(".")}: ${issue?.message}`);
  }
  const {time, temperature_2m} = result.data.hourly;
  if (time.length !== temperature_2m.length)
    throw new FeedError(`${time.length} hours and ${temperature_2m.length} temperatures`);
  return result.data;
}

/** What an answer that is an error says; null where it is none. */
export function errorIn(answer: unknown): string | null {
  const {error, reason} = objectOf(answer);
  if (error === undefined || error === false) return null;
  return typeof reason === "string" ? reason.slice(0, 200) : "without a reason";
}

const earthly = z.number().min(-60).max(60).nullable();

function hourOf(time: string, temperature: unknown, line: number, area: string): Observation | RejectedRecord {
  const [, date = "", hour = ""] = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):00$/.exec(time) ?? [];
  if (!isRealDate(date)) return {line, rule: "date", value: time.slice(0, 30)};
  const result = earthly.safeParse(temperature);
  if (!result.success) return {line, rule: "number", value: String(temperature).slice(0, 30)};
  const value = result.data === null ? null : decimalText(result.data);
  return {
    line,
    series: "air_temperature",
    item: "",
    area,
    starts_at: `${date}T${hour}:00:00Z`,
    period: "hour",
    value,
    unit: "degC",
    status: value === null ? "missing" : "actual"
  };
}
