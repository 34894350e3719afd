import {z} from "zod";
import {parseMpxn} from "../../domain/meter-points.ts";

/** An entry of a setting that lists meters: its meter point (an MPAN or MPRN), and the parts after it. */
export interface ListedMeter {
  readonly meterPointId: string;
  readonly utility: "electricity" | "gas";
  readonly parts: readonly string[];
}

/**
 * A setting that lists meters, "1600000000010:E12Z00001,7512345678:G4A00001:m3": entries between commas, the parts of each between colons. `read`
 * makes of each what the service needs, or says what is wrong with it.
 */
export function meterList<Meter>(read: (listed: ListedMeter) => Meter | string): z.ZodType<readonly Meter[]> {
  return z.string().transform((text, context): readonly Meter[] => {
    const entries = text.split(",").flatMap(entry => (entry.trim() === "" ? [] : [entry.trim()]));
    if (entries.length === 0) context.addIssue({code: "custom", message: "lists no meter"});
    return entries.flatMap(entry => {
      const meter = readEntry(entry, read);
      if (typeof meter !== "string") return [meter];
      context.addIssue({code: "custom", message: `${entry.split(":")[0]}: ${meter}`});
      return [];
    });
  });
}

function readEntry<Meter>(entry: string, read: (listed: ListedMeter) => Meter | string): Meter | string {
  const [first = "", ...parts] = entry.split(":").map(part => part.trim());
  if (!/^\d+$/.test(first)) return "not an MPAN or MPRN";
  const parsed = parseMpxn(first);
  if ("problem" in parsed) return parsed.problem;
  const {key} = parsed;
  return read({meterPointId: key, utility: key.length === 13 ? "electricity" : "gas", parts});
}
