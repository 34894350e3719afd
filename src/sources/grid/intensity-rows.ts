import {z} from "zod";
import {parseRegister} from "../../domain/csv.ts";
import {FeedError} from "../../errors.ts";
import {nextHalfHour, parseUtcHalfHour} from "./utc-half-hours.ts";

/** One half-hour of the national grid: grams of carbon dioxide per kilowatt-hour generated, for Great Britain. */
export interface HalfHourIntensity {
  /** UTC. */
  readonly period_start_at: Date;
  readonly forecast_g_per_kwh: number;
  /** Null where none was published. */
  readonly actual_g_per_kwh: number | null;
}

const halfHour = z.string().transform((text, context) => {
  const instant = parseUtcHalfHour(text);
  if (instant !== null) return instant;
  context.addIssue({code: "custom", message: "not the start of a half-hour in UTC"});
  return z.NEVER;
});

const intensity = z
  .string()
  .regex(/^\d+(\.\d+)?$/, "grams per kilowatt-hour as a decimal number")
  .transform(Number);

const rowSchema = z
  .object({from: halfHour, to: halfHour, forecast: intensity, actual: intensity.nullable()})
  .refine(({from, to}) => to.getTime() === nextHalfHour(from).getTime(), {
    message: "not half an hour after from",
    path: ["to"]
  })
  .transform(
    ({from, forecast, actual}): HalfHourIntensity => ({
      period_start_at: from,
      forecast_g_per_kwh: forecast,
      actual_g_per_kwh: actual
    })
  );

/** Every row of the text, in its order. A FeedError names the first cell that cannot be read by file, row, column and value. */
export function intensityRows(text: string, file: string): HalfHourIntensity[] {
  return parsed(text, file).map(({line, cells}) => {
    const result = rowSchema.safeParse(cells);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    const column = issue?.path.join(".") ?? "";
    throw new FeedError(`${file}, row ${line}, ${column}: ${cells[column] ?? "(nothing)"}: ${issue?.message}`);
  });
}

function parsed(text: string, file: string) {
  try {
    return parseRegister(text);
  } catch (error) {
    throw new FeedError(`${file}: ${(error as Error).message}`, {cause: error});
  }
}
