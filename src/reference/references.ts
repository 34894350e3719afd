import {fileURLToPath} from "node:url";
import {z} from "zod";
import {
  amount,
  column,
  date,
  decimal,
  inFileOnly,
  oneOf,
  optional,
  type RowOf,
  source,
  text
} from "../council/columns.ts";
import {
  defineRegister,
  fill,
  loadRegister,
  type RegisterFacts,
  readRegister,
  type ScratchTable
} from "../council/register.ts";
import type {Connection} from "../warehouse/connection.ts";

const year = z.coerce.number().int();
const isTrue = z.enum(["true", "false"]).transform(word => word === "true");

const who = inFileOnly(optional(text("Who could confirm it.")));

export const units = defineRegister({
  file: "units.csv",
  description: "A unit that energy or a volume of gas is told in, and how much of kWh or m³ it is.",
  table: "reference.units",
  key: ["unit"],
  columns: {
    unit: text("As files write it."),
    measures: oneOf(["energy", "volume"], "What it measures."),
    amount: column("double", z.coerce.number().positive(), "How much of the other unit it is."),
    of: inFileOnly(text("The other unit.")),
    source
  }
});

export const gasConversions = defineRegister({
  file: "gas-conversion.csv",
  description: "How gas in cubic metres becomes kWh where the calorific value of its zone and day is not held.",
  table: "reference.gas_conversions",
  key: ["valid_from"],
  columns: {
    valid_from: date("The first day it holds."),
    valid_to: date("The last day it holds."),
    calorific_value_mj_per_m3: amount("Calorific value, MJ/m³."),
    volume_correction: amount("For temperature and pressure."),
    source,
    confirmation: inFileOnly(oneOf(["confirmed", "unconfirmed"], "Whether it is known to hold for the council.")),
    who_could_confirm: who
  }
});

export const factorChanges = defineRegister({
  file: "factor-changes.csv",
  description: "Why a factor moved from one set to another.",
  table: "reference.factor_changes",
  key: ["activity", "line", "unit", "from_set", "to_set"],
  columns: {
    activity: text("As the factor table names it."),
    line: text("Its line of that activity."),
    unit: text("The unit it is by."),
    from_set: inFileOnly(column("integer", year, "The earlier set.")),
    to_set: column("integer", year, "The later set."),
    change_percent: column("double", z.coerce.number(), "By how much it moved, %."),
    reason: inFileOnly(optional(text("Why, as published."))),
    kind: optional(text("Whether the activity or the method changed.")),
    source,
    who_could_explain: inFileOnly(optional(text("Who could say more.")))
  }
});

/** Benchmarks of buildings; each lands once for each kind of site. */
export const benchmarks = defineRegister({
  file: "tm46-benchmarks.csv",
  description: "What a typical building of a category uses in a year.",
  table: null,
  key: ["category"],
  columns: {
    category: text("As the benchmark names it."),
    electricity_kwh_per_m2: decimal("Electricity, kWh/m²."),
    fossil_thermal_kwh_per_m2: decimal("Fossil fuels and heat, kWh/m²."),
    site_kinds: inFileOnly(
      column(
        "varchar[]",
        z.string().transform(kinds => kinds.split(";")),
        "Kinds of site that it is the benchmark of, separated by semicolons."
      )
    ),
    source
  }
});

const benchmarkTable: ScratchTable = {
  table: "reference.benchmarks",
  types: {site_kind: "varchar", ...benchmarks.types}
};

export const ratingFactors = defineRegister({
  file: "rating-factors.csv",
  description: "The factors that energy ratings of buildings weigh fuels by.",
  table: "reference.rating_factors",
  key: ["fuel", "valid_from"],
  columns: {
    fuel: oneOf(["electricity", "fossil thermal"], "The fuel."),
    kg_co2_per_kwh: decimal("kg CO₂/kWh."),
    valid_from: date("The first day it holds."),
    valid_to: optional(date("The last day it holds; empty: still.")),
    source,
    note: inFileOnly(optional(text("What to know of it.")))
  }
});

export const energySources = defineRegister({
  file: "energy-sources.csv",
  description: "What is known of a half-hour, best first.",
  table: "reference.energy_sources",
  key: ["rank"],
  columns: {
    rank: column("integer", year, "1 is best."),
    source: text("What it is taken from."),
    is_estimated: column("boolean", isTrue, "Whether it is an estimate."),
    meaning: inFileOnly(text("In full."))
  }
});

export const greyFleetKinds = defineRegister({
  file: "grey-fleet-kinds.csv",
  description: "What employees' claims call their vehicles.",
  table: "reference.grey_fleet_kinds",
  key: ["said_of", "words"],
  columns: {
    said_of: oneOf(["vehicle", "fuel"], "Which column of a claim the words stand in."),
    words: column(
      "varchar",
      z.string().regex(/^[a-z0-9]+( [a-z0-9]+)*$/, "lower-case words and single spaces"),
      "As claims write it."
    ),
    activity: text("The factor's activity; by fuel where the words say a car and no more, none where nothing is burnt.")
  }
});

export const heatingShares = defineRegister({
  file: "heating-shares.csv",
  description: "How a year of heating falls over its months, where no three meters of a council's own say so.",
  table: "reference.heating_shares",
  key: ["calendar_month"],
  columns: {
    calendar_month: column("integer", year, "1 is January."),
    days: amount("Days that it has, on average."),
    heating_share: decimal("The part of the degree days of a year that falls in it."),
    source
  }
});

export const refrigerants = defineRegister({
  file: "refrigerants.csv",
  description:
    "What a refrigerant's charge weighs under the rules on checking equipment for leaks. Not for the inventory.",
  table: "reference.refrigerants",
  key: ["refrigerant"],
  columns: {
    refrigerant: text("As the regulation names it."),
    f_gas_gwp: amount(
      "Global warming potential of the F-gas regulation. The inventory's factors are of another report."
    ),
    source
  }
});

export const bankHolidays = defineRegister({
  file: "bank-holidays.csv",
  description: "A bank holiday, on which what does not open on Sundays is shut.",
  table: "reference.bank_holidays",
  key: ["nation", "holiday_on"],
  columns: {
    nation: oneOf(["england-and-wales"], "Where it is one. Those of Scotland and Northern Ireland are not held."),
    holiday_on: date("The day."),
    name: {...text("Its name."), lands: "holiday"},
    source
  }
});

export const areaGroups = defineRegister({
  file: "area-groups.csv",
  description: "Areas that are shown side by side.",
  table: "reference.area_groups",
  key: ["area_code"],
  columns: {
    area_code: text("The area's code."),
    area_group: text("What they are called together."),
    source
  }
});

/** Reference tables that are read as registers. */
export const referenceRegisters: readonly RegisterFacts[] = [
  units,
  gasConversions,
  energySources,
  greyFleetKinds,
  heatingShares,
  bankHolidays,
  areaGroups,
  benchmarks,
  ratingFactors,
  factorChanges
];

/** Published facts that are neither factors nor borough statistics: units, why factors moved, what a typical building uses. */
export interface References {
  readonly units: readonly RowOf<typeof units.columns>[];
  readonly gasConversions: readonly RowOf<typeof gasConversions.columns>[];
  readonly factorChanges: readonly RowOf<typeof factorChanges.columns>[];
  readonly benchmarks: readonly RowOf<typeof benchmarks.columns>[];
  readonly ratingFactors: readonly RowOf<typeof ratingFactors.columns>[];
  readonly energySources: readonly RowOf<typeof energySources.columns>[];
  readonly greyFleetKinds: readonly RowOf<typeof greyFleetKinds.columns>[];
  readonly heatingShares: readonly RowOf<typeof heatingShares.columns>[];
  readonly bankHolidays: readonly RowOf<typeof bankHolidays.columns>[];
  readonly refrigerants: readonly RowOf<typeof refrigerants.columns>[];
  readonly areaGroups: readonly RowOf<typeof areaGroups.columns>[];
}

/** The folder of what others publish: the product's own, not moved by `--data`. */
export const referenceFolder = fileURLToPath(new URL("../../data/reference/", import.meta.url));

/** Reads and checks them. */
export async function readReferences(): Promise<References> {
  return {
    units: await readRegister(referenceFolder, units),
    gasConversions: await readRegister(referenceFolder, gasConversions),
    factorChanges: await readRegister(referenceFolder, factorChanges),
    benchmarks: await readRegister(referenceFolder, benchmarks),
    ratingFactors: await readRegister(referenceFolder, ratingFactors),
    energySources: await readRegister(referenceFolder, energySources),
    greyFleetKinds: await readRegister(referenceFolder, greyFleetKinds),
    heatingShares: await readRegister(referenceFolder, heatingShares),
    bankHolidays: await readRegister(referenceFolder, bankHolidays),
    refrigerants: await readRegister(referenceFolder, refrigerants),
    areaGroups: await readRegister(referenceFolder, areaGroups)
  };
}

/** Puts them into the schema `reference`. */
export async function loadReferences(connection: Connection, read: References): Promise<void> {
  await loadRegister(connection, units, read.units);
  await loadRegister(connection, gasConversions, read.gasConversions);
  await loadRegister(connection, factorChanges, read.factorChanges);
  await fill(
    connection,
    benchmarkTable,
    read.benchmarks.flatMap(({site_kinds, ...benchmark}) => site_kinds.map(site_kind => ({...benchmark, site_kind})))
  );
  await loadRegister(connection, ratingFactors, read.ratingFactors);
  await loadRegister(connection, energySources, read.energySources);
  await loadRegister(connection, greyFleetKinds, read.greyFleetKinds);
  await loadRegister(connection, heatingShares, read.heatingShares);
  await loadRegister(connection, bankHolidays, read.bankHolidays);
  await loadRegister(connection, refrigerants, read.refrigerants);
  await loadRegister(connection, areaGroups, read.areaGroups);
}
