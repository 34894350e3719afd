import {z} from "zod";
import {metered} from "../domain/energy.ts";
import type {Connection} from "../warehouse/connection.ts";
import {
  addedLater,
  amount,
  column,
  count,
  date,
  decimal,
  failure,
  life,
  name,
  oneOf,
  optional,
  type RowOf,
  text
} from "./columns.ts";
import {clockHalfHour, latitude, longitude, siteKinds, weekdayBits} from "./estate.ts";
import {defineRegister, type Lined, loadRegister, type Register, readRegister} from "./register.ts";

const yesOrNo = z.enum(["yes", "no"], {error: "yes or no"}).transform(word => word === "yes");

/** Where the weather of sites is measured. */
export const weatherStations = defineRegister({
  file: "weather-stations.csv",
  description:
    "A place whose temperatures arrive as weather files. Each site takes the nearest, which needs the latitude and longitude of both; a site that says no place takes the only one there is.",
  table: "council.weather_stations",
  key: ["station_id"],
  isOptional: true,
  columns: {
    station_id: text("What its files call it: the area of their observations."),
    name: {...text("Its name, as people are shown it."), lands: "station_name"},
    latitude: latitude,
    longitude: longitude,
    height_m: optional(decimal("Its height above the sea, m."))
  }
});

/** On which days buildings are open, closed or lent. */
export const calendar = defineRegister({
  file: "calendar.csv",
  description:
    "Days on which sites are not as in every week: school holidays, closures, hours of the season, community use. Bank holidays need no row: a site that does not open on Sundays is closed on them, unless a row says that it is open.",
  table: "council.calendar",
  key: ["applies_to", "what", "first_day", "opens_at"],
  isOptional: true,
  columns: {
    applies_to: text("A site, a kind of site, or all."),
    what: oneOf(
      ["holiday", "closed", "open", "community use"],
      "holiday and closed: shut all day; open: open at these hours instead of the usual; community use: lent at these hours besides."
    ),
    first_day: date("The first day."),
    last_day: date("The last day; the same for one day."),
    days: optional(column("integer", weekdayBits, "Only these days of the week, such as Mon-Fri; empty: every day.")),
    opens_at: optional(column("integer", clockHalfHour, "From when; for open and community use.")),
    closes_at: optional(column("integer", clockHalfHour, "Until when.")),
    source: {...text("Where it is from."), lands: null}
  },
  rules: [
    ({first_day, last_day}) => (last_day < first_day ? ["last_day", "last_day is before first_day"] : null),
    ({what, opens_at, closes_at}) => {
      const needsHours = what === "open" || what === "community use";
      if (needsHours && (opens_at === null || closes_at === null))
        return ["opens_at", `${what} needs opens_at and closes_at`];
      if (!needsHours && (opens_at !== null || closes_at !== null))
        return ["opens_at", `${what} is all day: it has no hours`];
      return opens_at !== null && closes_at !== null && opens_at >= closes_at
        ? ["closes_at", "closes_at is not after opens_at"]
        : null;
    }
  ]
});

/** Pupils of schools, as counted. */
export const pupils = defineRegister({
  file: "pupils.csv",
  description: "How many pupils a school had at a census. A day takes the newest before it.",
  table: "council.pupils",
  key: ["site_id", "counted_on"],
  isOptional: true,
  columns: {
    site_id: name("The school."),
    counted_on: date("The day of the census."),
    pupils: count("How many."),
    source: {...text("Where it is from."), lands: null}
  }
});

/** What energy costs. */
export const tariffs = defineRegister({
  file: "tariffs.csv",
  description:
    "One line of a tariff. What canopy says a fault costs is made of the lines that are avoidable, at the rates that hold now: standing and capacity charges do not fall when less is used.",
  table: "council.tariffs",
  key: ["tariff", "line", "band"],
  keyWords: "a line and band of a tariff",
  sharesADay: "a line and band has two rates on one day",
  isOptional: true,
  columns: {
    tariff: name("What meter-points.csv calls it."),
    energy: oneOf(metered.options, "What it is for; the tariff of a water supply holds its sewerage too."),
    line: oneOf(
      ["energy", "distribution", "levy", "standing", "capacity", "water", "sewerage", "other"],
      "What is charged for: the energy itself, its distribution by time of day, levies, the supply, the agreed capacity; water by volume, and sewerage."
    ),
    band: text("Its name, such as all, day, night, red."),
    days: optional(column("integer", weekdayBits, "Only these days of the week; empty: every day.")),
    from_time: optional(column("integer", clockHalfHour, "From when on the clock; empty: midnight.")),
    to_time: optional(
      column("integer", clockHalfHour, "Until when; one that is before from_time runs over midnight. Empty: midnight.")
    ),
    rate: decimal("How much, in the unit."),
    unit: oneOf(
      ["p/kWh", "p/day", "p/kVA/day", "GBP/m3"],
      "The unit of the rate, without VAT that the council gets back. GBP/m3, pounds for a cubic metre, is of water alone."
    ),
    is_avoidable: column("boolean", yesOrNo, "yes where using less makes it less, else no."),
    ...life,
    source: {...text("Where it is from: a contract, a bill."), lands: null},
    return_to_sewer: addedLater(
      optional(
        column(
          "double",
          amount("").cell.pipe(z.number().max(1, "more than all of it")),
          "Sewerage by volume: the share of the water that is charged as coming back to the sewer, such as 0.95. Empty: all."
        )
      )
    )
  },
  rules: [
    ({unit, is_avoidable}) =>
      is_avoidable && unit !== "p/kWh" && unit !== "GBP/m3"
        ? ["is_avoidable", "only what is charged by the kWh or m³ is avoidable"]
        : null,
    ({energy, unit}) =>
      (unit === "GBP/m3" && energy !== "water") || (unit === "p/kWh" && energy === "water")
        ? ["unit", `${energy} is not charged so`]
        : null,
    ({energy, line}) =>
      (line === "water" || line === "sewerage") && energy !== "water"
        ? ["line", `a line of water, not ${energy}`]
        : null,
    ({line, unit, return_to_sewer}) =>
      return_to_sewer !== null && (line !== "sewerage" || unit !== "GBP/m3")
        ? ["return_to_sewer", "only of sewerage that is charged by the m³"]
        : null
  ]
});

/** Work done on buildings to use less. */
export const measures = defineRegister({
  file: "measures.csv",
  description:
    "Work on a building that is to save energy: planned, or done on a day. What it saved is worked out from the meters.",
  table: "council.measures",
  key: ["measure_id"],
  isOptional: true,
  columns: {
    measure_id: name("What the council calls it."),
    site_id: name("The building."),
    energy: oneOf(["electricity", "gas"], "The energy that it is to save."),
    what: text("What is done, such as LED lighting."),
    started_on: optional(date("The first day of the work; from here to completed_on nothing is compared.")),
    completed_on: optional(date("The day on which it was done; empty: planned.")),
    cost_gbp: optional(decimal("What it cost or will, £.")),
    expected_kwh_a_year: optional(decimal("What it is to save in a year, kWh."))
  },
  rules: [
    ({started_on, completed_on}) =>
      started_on !== null && completed_on !== null && completed_on < started_on
        ? ["completed_on", "completed_on is before started_on"]
        : null
  ]
});

/** What bends a line. */
export const events = defineRegister({
  file: "events.csv",
  description:
    "Something that happened on a day and explains why a figure bends: an extension, a closure, a change of hours.",
  table: "council.events",
  key: [],
  isOptional: true,
  columns: {
    happened_on: date("The day."),
    site_id: optional(name("The site; empty: the whole council.")),
    what: text("What happened, as figures show it."),
    changes_use: column("boolean", yesOrNo, "yes where use before and after can no longer be compared, else no.")
  }
});

/** What the council must do by a day. */
export const dueDates = defineRegister({
  file: "due-dates.csv",
  description:
    "Something that must be done by a day: a certificate, an inspection, a registration, the end of a contract. What is due soon is a finding.",
  table: "council.due_dates",
  key: ["what", "subject", "due_on"],
  isOptional: true,
  columns: {
    what: oneOf(
      [
        "heat network registration",
        "display energy certificate",
        "air-conditioning inspection",
        "refrigerant check",
        "lease certificate",
        "contract end",
        "agreed capacity",
        "other"
      ],
      "What is due."
    ),
    subject: text("Of what, such as the name of the network or contract."),
    site_id: optional(name("The site, where it is of one.")),
    due_on: date("The last day."),
    done_on: optional(date("The day on which it was done; empty: not yet.")),
    owner_role: text("Whose it is: a role, never a name."),
    refrigerant: optional(text("Refrigerant checks: such as R410A.")),
    charge_kg: optional(amount("Refrigerant checks: the charge, kg.")),
    has_leak_detection: addedLater(
      optional(
        column(
          "boolean",
          yesOrNo,
          "Refrigerant checks: yes where leaks are detected automatically, which doubles the time between checks."
        )
      )
    )
  }
});

/** What may be decided of a finding. */
export const findingDecisionWords = ["acknowledged", "snoozed", "explained", "fixed", "wrong", "reopened"] as const;

/** What people decided of findings. */
export const findingDecisions = defineRegister({
  file: "finding-decisions.csv",
  description:
    "What somebody decided of a finding, a row each time; the last row of a finding holds. canopy findings writes them.",
  table: "council.finding_decisions",
  key: ["finding_id", "decided_at"],
  isOptional: true,
  columns: {
    decided_at: column("varchar", z.iso.datetime(), "When, as an instant."),
    finding_id: text("The finding, as canopy findings lists it."),
    decision: oneOf(findingDecisionWords, "What was decided."),
    until: optional(date("Snoozed: the last day on which it is not shown.")),
    why: optional(text("The reason.")),
    by_role: text("Who decided: a role, never a name.")
  },
  rules: [
    ({decision, until}) =>
      (decision === "snoozed") === (until !== null) ? null : ["until", "a day, where it is snoozed and only there"],
    ({decision, why}) =>
      (decision === "explained" || decision === "wrong") && why === null ? ["why", `${decision} needs a reason`] : null
  ]
});

const registers = {weatherStations, calendar, pupils, tariffs, measures, events, dueDates, findingDecisions} as const;

/** All of them, for `canopy init` and the README. */
export const buildingRegisters = Object.values(registers);

/** The rows of each. */
export type BuildingRegisters = {
  readonly [Name in keyof typeof registers]: readonly RowOf<(typeof registers)[Name]["columns"]>[];
};

/** Reads them, each of which may be absent, and checks the sites they name. */
export async function readBuildingRegisters(
  councilFolder: string,
  sites: ReadonlySet<string>
): Promise<BuildingRegisters> {
  const read = Object.fromEntries(
    await Promise.all(
      Object.entries(registers).map(async ([key, register]) => [
        key,
        await readRegister(councilFolder, register as unknown as Register)
      ])
    )
  ) as {[Name in keyof BuildingRegisters]: readonly Lined<BuildingRegisters[Name][number]>[]};
  for (const key of ["pupils", "measures", "events", "dueDates"] as const)
    for (const {site_id, fileRow} of read[key])
      if (site_id !== null && !sites.has(site_id))
        throw failure(registers[key].file, fileRow, "site_id", site_id, "sites.csv has no such site");
  const places = new Set<string>([...sites, ...siteKinds, "all"]);
  for (const {applies_to, fileRow} of read.calendar)
    if (!places.has(applies_to))
      throw failure(
        calendar.file,
        fileRow,
        "applies_to",
        applies_to,
        "no site of sites.csv, no kind of site, and not all"
      );
  checkEnergies(read.tariffs);
  return read;
}

/** A tariff is for one energy. */
function checkEnergies(rows: readonly Lined<BuildingRegisters["tariffs"][number]>[]): void {
  const first = new Map<string, Lined<BuildingRegisters["tariffs"][number]>>();
  for (const row of rows) {
    const other = first.get(row.tariff) ?? row;
    first.set(row.tariff, other);
    if (other.energy !== row.energy)
      throw failure(
        tariffs.file,
        row.fileRow,
        "energy",
        row.energy,
        `${row.tariff} is for ${other.energy} in row ${other.fileRow}`
      );
  }
}

/** Puts them into the schema `council` of the connection's scratch database; days of the week land as bits, Monday the lowest, times as half-hours of the clock. */
export async function loadBuildingRegisters(connection: Connection, read: BuildingRegisters): Promise<void> {
  for (const [key, register] of Object.entries(registers))
    await loadRegister(connection, register as unknown as Register, read[key as keyof BuildingRegisters]);
}
