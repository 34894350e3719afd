import {z} from "zod";
import {column, inFileOnly, oneOf, optional, text} from "../../council/columns.ts";
import {defineRegister} from "../../council/register.ts";
import {describesYear, releaseOf} from "../../sources/national-statistics/release-names.ts";

const statistic = column(
  "varchar",
  z.string().regex(/^[a-z][a-z0-9_]*$/, "a name in snake_case"),
  "The statistic, by a name of canopy's own."
);
const release = column(
  "varchar",
  z.string().refine(isNormal, "a release such as 2005-2020"),
  "The years of its release."
);
const published = optional(
  column(
    "varchar",
    z.string().regex(/^\d{4}(-(0[1-9]|1[0-2]))?$/, "a year, or a year and month such as 2022-06"),
    "The year or month in which the release came out."
  )
);
const year = column(
  "integer",
  z
    .string()
    .regex(/^\d{4}$/, "a year")
    .transform(Number),
  "The calendar year."
);
/** Written out, so that nothing, a word or a hexadecimal can never become a number. A net sink is negative. */
const kilotonnes = (description: string) =>
  optional(
    column(
      "double",
      z
        .string()
        .regex(/^-?\d+(\.\d+)?(e-?\d+)?$/, "kilotonnes as a decimal number")
        .transform(Number),
      description
    )
  );
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

/** Published figures of boroughs, one a row: carbon dioxide alone, or several gases in carbon dioxide equivalent. */
export const boroughEmissions = defineRegister({
  file: "borough-emissions.csv",
  description: "One published figure of one area, year, sector and subsector, in one release of one statistic.",
  table: "reference.borough_emissions",
  key: ["area_code", "year", "sector", "subsector", "statistic", "release"],
  keyWords: "a figure",
  columns: {
    area_code: column(
      "varchar",
      z.string().regex(/^[A-Z]\d{8}$/, "an area code of the Office for National Statistics"),
      "The area's code."
    ),
    area_name: text("The area's name."),
    year,
    sector: text("The sector, as published."),
    subsector: optional(text("The subsector; empty for the whole of a sector.")),
    statistic,
    release,
    published: inFileOnly(published),
    emissions_kt_co2: kilotonnes("Kilotonnes of carbon dioxide alone."),
    emissions_kt_co2e: kilotonnes("Kilotonnes of several gases in carbon dioxide equivalent."),
    is_total: column("boolean", isTrue, "Whether it is the whole of a sector, or of all sectors."),
    source: text("Where the figure was copied from."),
    licence: text("Under which licence.")
  },
  rules: [
    row =>
      (row.emissions_kt_co2 === null) === (row.emissions_kt_co2e === null)
        ? ["emissions_kt_co2", "one of emissions_kt_co2 and emissions_kt_co2e holds the figure, and the other nothing"]
        : null,
    row =>
      row.is_total === (row.subsector === null) ? null : ["is_total", "a total has no subsector and a part has one"],
    row => (row.sector === allSectors && !row.is_total ? ["subsector", "all sectors have no subsector"] : null),
    row => (describesYear(row.release, row.year) ? null : ["year", "not a year that the release describes"])
  ]
});

/** What each release of a statistic measures. None in hand is the measure of the borough's target, and a row cannot say that it is. */
export const boroughReleases = defineRegister({
  file: "borough-releases.csv",
  description: "One release of one statistic of boroughs: what it measures.",
  table: "reference.borough_releases",
  key: ["statistic", "release"],
  keyWords: "a release",
  columns: {
    statistic,
    release,
    name: text("As a figure names it."),
    publisher: inFileOnly(text("Who publishes it.")),
    what_is_measured: inFileOnly(text("What it measures.")),
    gases: oneOf(["CO2", "CO2 CH4 N2O"], "The gases that it counts."),
    boundary: oneOf(["within influence", "territorial"], "What it counts as the area's own."),
    published,
    is_measure_of_target: column(
      "boolean",
      z
        .literal("false", {error: "no borough statistic in hand is the measure of the target"})
        .transform(() => false as const),
      "Whether the council's target for the borough is measured by it."
    ),
    why_not: text("Why it is not."),
    source: inFileOnly(text("Where that is said."))
  }
});
