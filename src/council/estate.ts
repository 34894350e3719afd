import {z} from "zod";
import {metered} from "../domain/energy.ts";
import {hasMpanCheckDigit, isSpid} from "../domain/meter-points.ts";
import {addedLater, amount, column, inFileOnly, life, name, oneOf, optional, type RowOf, text} from "./columns.ts";
import {defineRegister, type ScratchTable} from "./register.ts";

/** The days of a week, as opening days are written. */
export const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

const area = z
  .string()
  .regex(/^\d+(\.\d+)?$/, "a decimal number")
  .transform(Number)
  .pipe(z.number().positive());
export const clock = z.string().regex(/^([01]\d|2[0-3]):[03]0$|^24:00$/, "a time on the half-hour, such as 08:30");
const openDays = z
  .string()
  .regex(new RegExp(`^(${weekdays.join("|")})(-(${weekdays.join("|")}))?$`), "days such as Mon-Fri");

/** A time as the half-hour of the wall clock that begins then, 0 to 48. */
export const clockHalfHour = clock.transform(halfHourOf);
/** Days such as Mon-Fri as bits, Monday the lowest. */
export const weekdayBits = openDays.transform(days => {
  const isIn = weekdaysOf(days);
  return weekdays.reduce((bits, _, index) => bits + (isIn(index) ? 2 ** index : 0), 0);
});

/** The half-hours of the wall clock before a time. */
export function halfHourOf(time: string): number {
  return 2 * Number(time.slice(0, 2)) + Number(time.slice(3)) / 30;
}

/** Which days of the week, 0 to 6, days such as Mon-Fri are; Sat-Mon runs over the end of it. */
export function weekdaysOf(days: string): (index: number) => boolean {
  const [first = 0, last = first] = days.split("-").map(day => weekdays.indexOf(day as (typeof weekdays)[number]));
  return index => (first <= last ? index >= first && index <= last : index >= first || index <= last);
}

const degrees = z
  .string()
  .regex(/^-?\d{1,3}(\.\d{1,10})?$/, "decimal degrees, such as 53.4084 or -2.1493")
  .transform(Number);
/** A place on the map. */
export const latitude = column("double", degrees, "Degrees north.");
export const longitude = column("double", degrees, "Degrees east; west is negative.");

/** How lists are cut: who answers for what, and who pays. */
const cuts = {
  cost_centre: addedLater(optional(text("Whose budget pays, as the ledger calls it."))),
  service: addedLater(optional(text("The service of the council that it belongs to."))),
  ward: addedLater(optional(text("Where it is."))),
  recharged_to: addedLater(optional(text("Who pays the council back for it; empty: nobody.")))
};

/** What a site may be for. The rating, the figures and the source of its emissions go by it. */
export const siteKinds = [
  "office",
  "library",
  "museum",
  "leisure-centre",
  "sports-centre",
  "community-centre",
  "primary-school",
  "secondary-school",
  "special-school",
  "care-home",
  "crematorium",
  "depot",
  "street-lighting",
  "other"
] as const;

/** Buildings of a council. */
export const sites = defineRegister({
  file: "sites.csv",
  description: "A building. With opening hours canopy says what is used while it is closed.",
  table: "council.sites",
  key: ["site_id"],
  columns: {
    site_id: name("What other registers call it."),
    name: {...text("Its name, as figures show it."), lands: "site_name"},
    kind: oneOf(siteKinds, "What it is for."),
    floor_area_m2: optional(column("double", area, "Its floor area, m²; without it there is no rating.")),
    opens_at: inFileOnly(optional(column("varchar", clock, "When it opens, on the half-hour."))),
    closes_at: inFileOnly(optional(column("varchar", clock, "When it closes."))),
    open_days: inFileOnly(optional(column("varchar", openDays, "The days it opens, such as Mon-Fri."))),
    valid_from: addedLater(life.valid_from),
    valid_to: addedLater(life.valid_to),
    latitude: addedLater(optional(latitude)),
    longitude: addedLater(optional(longitude)),
    heated_by: addedLater(
      optional(
        oneOf(
          ["gas", "heat-pump", "electricity", "oil", "biomass", "heat-network", "nothing"],
          "What heats it most: it is compared only with others heated so. Empty: gas where it has a gas meter."
        )
      )
    ),
    ...cuts
  },
  rules: [
    site => {
      const parts = (["opens_at", "closes_at", "open_days"] as const).filter(part => site[part] === null);
      const [missing] = parts;
      return missing === undefined || parts.length === 3
        ? null
        : [missing, "opens_at, closes_at and open_days go together"];
    },
    ({opens_at, closes_at}) =>
      opens_at !== null && closes_at !== null && opens_at >= closes_at
        ? ["closes_at", "closes_at is not after opens_at"]
        : null
  ]
});

/** Opening hours of a site by weekday, as half-hours of the wall clock. */
export const siteHours: ScratchTable = {
  table: "council.site_hours",
  types: {site_id: "varchar", weekday: "integer", opens_half_hour: "integer", closes_half_hour: "integer"}
};

const ofWaterOrHeat = (meter: {readonly energy: string}) => meter.energy === "water" || meter.energy === "heat";
const isSewerage = (name: string) => isSpid(name.trim()) && /s/i.test(name);

/** Meters of a council. */
export const meterPoints = defineRegister({
  file: "meter-points.csv",
  description:
    "A meter, from when to when the council answers for it; one that moves to another site, or comes back, has a row for each time. Readings of other days are held, and so is a meter that is not listed: its readings are kept, and land in the totals as soon as it is added.",
  table: "council.meter_points",
  key: ["meter_point_id"],
  sharesADay: "a meter is at two sites on one day",
  columns: {
    meter_point_id: name("Its MPAN, MPRN or SPID, or what the council calls it."),
    site_id: name("The site it measures."),
    energy: oneOf(
      metered.options,
      "What it measures. Water (m³) and heat (kWh of heat, from a heat network or boiler) are quantities of their own: no sum of energy or emissions has them."
    ),
    known_as: inFileOnly(optional(text("Other names it goes by in files, separated by semicolons."))),
    ...life,
    tariff: addedLater(
      optional(name("Its tariff in tariffs.csv; empty: the tariff of its energy, where there is one only."))
    ),
    agreed_capacity_kva: addedLater(optional(amount("The capacity agreed with the network, kVA."))),
    ...cuts
  },
  rules: [
    meter =>
      meter.energy === "electricity" &&
      /^\d{13}$/.test(meter.meter_point_id) &&
      !hasMpanCheckDigit(meter.meter_point_id)
        ? ["meter_point_id", "the check digit of the MPAN does not fit"]
        : null,
    meter =>
      ofWaterOrHeat(meter) && hasMpanCheckDigit(meter.meter_point_id)
        ? ["energy", "its number is an MPAN: that is electricity"]
        : null,
    meter =>
      meter.energy === "water" && [meter.meter_point_id, ...(meter.known_as ?? "").split(";")].some(isSewerage)
        ? ["meter_point_id", "the SPID of a sewerage service, which has no meter: register the one with a W"]
        : null
  ]
});

/** Every key under which a meter point's reads may have landed. */
export const meterNames: ScratchTable = {
  table: "council.meter_names",
  types: {meter_key: "varchar", meter_point_id: "varchar"}
};

export type Site = RowOf<typeof sites.columns>;
export type MeterPoint = RowOf<typeof meterPoints.columns>;
