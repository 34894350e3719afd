import {z} from "zod";
import {describesYear, releaseOf} from "../../sources/national-statistics/release-names.ts";

const words = z.string().min(1);
const statistic = z.string().regex(/^[a-z][a-z0-9_]*$/, "a name in snake_case");
const release = z.string().refine(isNormal, "a release such as 2005-2020");
const published = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2]))?$/, "a year, or a year and month such as 2022-06");
const year = z
  .string()
  .regex(/^\d{4}$/, "a year")
  .transform(Number);
/** Written out, so that nothing, a word or a hexadecimal can never become a number. A net sink is negative. */
const kilotonnes = z
  .string()
  .regex(/^-?\d+(\.\d+)?(e-?\d+)?$/, "kilotonnes as a decimal number")
  .transform(Number);
const isTrue = z.enum(["true", "false"]).transform(word => word === "true");

function isNormal(name: string): boolean {
  try {
    return releaseOf(name).release === name;
  } catch {
    return false;
  }
}

/** What no row of a sector may be called but the total of them all. */
export const allSectors = "All sectors";

/**
 * One published figure. `emissions_kt_co2` is carbon dioxide alone, `emissions_kt_co2e` several gases in carbon dioxide equivalent;
 * a figure is the one or the other. `is_total` marks a row without a subsector: the whole of a sector, or of all sectors.
 */
export const emissionsSchema = z
  .strictObject({
    area_code: z.string().regex(/^[A-Z]\d{8}$/, "an area code of the Office for National Statistics"),
    area_name: words,
    year,
    sector: words,
    subsector: words.nullable(),
    statistic,
    release,
    published: published.nullable(),
    emissions_kt_co2: kilotonnes.nullable(),
    emissions_kt_co2e: kilotonnes.nullable(),
    is_total: isTrue,
    source: words,
    licence: words
  })
  .refine(row => (row.emissions_kt_co2 === null) !== (row.emissions_kt_co2e === null), {
    message: "one of emissions_kt_co2 and emissions_kt_co2e holds the figure, and the other nothing",
    path: ["emissions_kt_co2"]
  })
  .refine(row => row.is_total === (row.subsector === null), {
    message: "a total has no subsector and a part has one",
    path: ["is_total"]
  })
  .refine(row => row.sector !== allSectors || row.is_total, {
    message: "all sectors have no subsector",
    path: ["subsector"]
  })
  .refine(row => describesYear(row.release, row.year), {
    message: "not a year that the release describes",
    path: ["year"]
  });

/** What one release of one statistic measures. None in hand is the measure of the borough's target, and a row cannot say that it is. */
export const releaseSchema = z.strictObject({
  statistic,
  release,
  /** As a figure names it. */
  name: words,
  publisher: words,
  what_is_measured: words,
  gases: z.enum(["CO2", "CO2 CH4 N2O"]),
  boundary: z.enum(["within influence", "territorial"]),
  published: published.nullable(),
  is_measure_of_target: z
    .literal("false", {error: "no borough statistic in hand is the measure of the target"})
    .transform(() => false as const),
  why_not: words,
  source: words
});
