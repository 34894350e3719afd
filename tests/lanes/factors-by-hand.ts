import {readFileSync} from "node:fs";

/** One factor as it stands in the reference table: kilograms a unit, null where the publisher gives none. */
export interface HandFactor {
  readonly set: number;
  readonly activity: string;
  readonly unit: string;
  readonly line: string;
  readonly scope: string;
  readonly co2e: number | null;
  readonly co2: number | null;
  readonly ch4: number | null;
  readonly n2o: number | null;
}

/** Splits a line at its commas, but for those between quotes. */
function cellsOf(line: string): string[] {
  const cells = [""];
  let isQuoted = false;
  for (const letter of line) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter === "," && !isQuoted) cells.push("");
    else cells[cells.length - 1] += letter;
  }
  return cells;
}

const amount = (text: string | undefined) => (text === undefined || text === "" ? null : Number(text));

/** The reference table, read with nothing of canopy's own. */
export const handFactors: readonly HandFactor[] = (() => {
  const path = new URL("../../data/reference/emission-factors.csv", import.meta.url);
  const [header = "", ...lines] = readFileSync(path, "utf8").trim().split(/\r?\n/);
  const names = cellsOf(header);
  return lines.map(line => {
    const cells = cellsOf(line);
    const cell = (name: string) => cells[names.indexOf(name)];
    return {
      set: Number(cell("factor_set")),
      activity: cell("activity") ?? "",
      unit: cell("unit") ?? "",
      line: cell("line") ?? "",
      scope: cell("scope") ?? "",
      co2e: amount(cell("kg_co2e_per_unit")),
      co2: amount(cell("kg_co2_per_unit")),
      ch4: amount(cell("kg_ch4_co2e_per_unit")),
      n2o: amount(cell("kg_n2o_co2e_per_unit"))
    };
  });
})();

/** The lines of one activity by one set. */
export const factorsOf = (set: number, activity: string, unit: string) =>
  handFactors.filter(factor => factor.set === set && factor.activity === activity && factor.unit === unit);

/** The factor sets of an April–March year and the share of its days so far that each stands for. */
export function sharesOf(
  year: number,
  method: "majority" | "blended by days",
  asOf: string
): {set: number; share: number}[] {
  if (method === "majority") return [{set: year, share: 1}];
  const dayNumber = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
  const last = Math.min(dayNumber(`${year + 1}-03-31`), dayNumber(asOf));
  const before = Math.min(last, dayNumber(`${year}-12-31`)) - dayNumber(`${year}-04-01`) + 1;
  const after = Math.max(0, last - dayNumber(`${year}-12-31`));
  return [
    {set: year, share: before / (before + after)},
    ...(after > 0 ? [{set: year + 1, share: after / (before + after)}] : [])
  ];
}

/** The reporting year of a month `YYYY-MM`: that in which its April–March year begins. */
export const yearOf = (month: string) => Number(month.slice(0, 4)) - (Number(month.slice(5, 7)) < 4 ? 1 : 0);
