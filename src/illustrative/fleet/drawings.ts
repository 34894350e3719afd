import {addDays, addMonths, dayOfYear, type IsoDate, type Month, weekdayOf} from "../calendar.ts";
import {deviate, type Random} from "../random.ts";
import type {Season} from "./groups.ts";
import {productFor} from "./products.ts";
import type {Transaction} from "./transactions.ts";
import type {Vehicle} from "./vehicles.ts";

const MONTHS_PER_YEAR = 12;
const FIRST_YEAR = 2020;
const YEARLY_KEPT = 0.993;
const HUNDREDTHS = 100;
const MILES = {first: 4000, perVehicle: 331, most: 9_999_999} as const;
const DAYS_PER_YEAR = 365.25;
const SATURDAY = 5;
/** Litres and hours of the day. */
const FILL = {least: 20, most: 250, stray: 0.35} as const;
const HOURS = {first: 5.5, last: 18.5} as const;
const SECONDS_PER_HOUR = 3600;
const SITES = {first: 1203, count: 6} as const;
const PUMPS = 4;
/** The share of an even month in each calendar month, January first. */
const SEASONS: Readonly<Record<Season, readonly number[]>> = {
  even: [1.02, 0.97, 1.03, 0.99, 1.01, 1, 1, 0.97, 1, 1.02, 1, 0.99],
  growing: [0.35, 0.4, 0.8, 1.3, 1.6, 1.6, 1.5, 1.4, 1.25, 0.95, 0.5, 0.35],
  terms: [1.1, 1, 1.15, 0.85, 1.05, 1.15, 0.9, 0.45, 1.15, 1.05, 1.2, 0.95]
};
/** The quiet spring of 2020, and how far the roads had filled again. */
const QUIET: Readonly<Record<Month, number>> = {"2020-04": 0.72, "2020-05": 0.78, "2020-06": 0.86, "2020-07": 0.93};

/** What a vehicle drew in a month. */
export function drawingsOf(random: Random, vehicle: Vehicle, month: Month): Transaction[] {
  const {group} = vehicle;
  const litres = (group.litresAYear / MONTHS_PER_YEAR) * shareOf(group.season, month);
  const fills = Math.floor((litres / group.fill) * (1 + deviate(random) / MONTHS_PER_YEAR) + random());
  return Array.from({length: fills}, () => drawing(random, vehicle, month));
}

function drawing(random: Random, vehicle: Vehicle, month: Month): Transaction {
  const {poundsPerLitre, code} = productFor(vehicle.fuel);
  const date = workday(random, month);
  const wanted = vehicle.group.fill * (1 + FILL.stray * deviate(random));
  const hundredths = Math.round(Math.min(FILL.most, Math.max(FILL.least, wanted)) * HUNDREDTHS);
  return {
    kind: "drawing",
    date,
    time: timeOfDay(random),
    vehicle,
    mileage: mileageOn(vehicle, date),
    productCode: code,
    hundredths,
    pence: Math.round(hundredths * poundsPerLitre),
    site: SITES.first + Math.floor(random() * SITES.count),
    pump: 1 + Math.floor(random() * PUMPS),
    typed: null,
    isUnsaid: false
  };
}

function shareOf(season: Season, month: Month): number {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const years = year - FIRST_YEAR + (number - 1) / MONTHS_PER_YEAR;
  return (SEASONS[season][number - 1] ?? 1) * (QUIET[month] ?? 1) * YEARLY_KEPT ** years;
}

/** A day of the month; what falls on a Sunday is drawn on a day before it. */
function workday(random: Random, month: Month): IsoDate {
  const first = `${month}-01`;
  const days = dayOfYear(addDays(`${addMonths(month, 1)}-01`, -1)) - dayOfYear(first) + 1;
  const date = addDays(first, Math.floor(random() * days));
  return weekdayOf(date) > SATURDAY && date > first ? addDays(date, -1) : date;
}

function timeOfDay(random: Random): string {
  const seconds = Math.floor((HOURS.first + (HOURS.last - HOURS.first) * random()) * SECONDS_PER_HOUR);
  return [seconds / SECONDS_PER_HOUR, (seconds / 60) % 60, seconds % 60]
    .map(part => String(Math.floor(part)).padStart(2, "0"))
    .join(":");
}

/** What the vehicle's clock shows, as if it went as far every day. */
function mileageOn({number, from, group}: Vehicle, date: IsoDate): number {
  const days = (Date.parse(date) - Date.parse(from)) / 86_400_000;
  const miles =
    MILES.first + MILES.perVehicle * number + (days / DAYS_PER_YEAR) * group.litresAYear * group.milesPerLitre;
  return group.milesPerLitre === 0 ? 0 : Math.min(MILES.most, Math.round(miles));
}
