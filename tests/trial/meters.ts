/** A half-hour of an invented meter, by its day and its half-hour of the day (0 to 47). */
export type Meter = (date: string, halfHour: number) => number;

const day = 86_400_000;

/** So many days from a date on, as ISO dates. */
export const datesFrom = (first: string, count: number) =>
  Array.from({length: count}, (_, index) => new Date(Date.parse(first) + index * day).toISOString().slice(0, 10));

/** A number from 0 to 1 that is always the same for the same parts. */
export function chance(...parts: readonly (string | number)[]): number {
  let state = 2_166_136_261;
  for (const character of parts.join("|")) state = Math.imul(state ^ character.charCodeAt(0), 16_777_619);
  state = Math.imul(state ^ (state >>> 15), 2_246_822_519);
  state = Math.imul(state ^ (state >>> 13), 3_266_489_917);
  return ((state ^ (state >>> 16)) >>> 0) / 2 ** 32;
}

const isWeekend = (date: string) => [0, 6].includes(new Date(date).getUTCDay());
const yearAngle = (date: string) => (2 * Math.PI * (Number(date.slice(5, 7)) - 1 + Number(date.slice(8)) / 31)) / 12;

/** How cold it is, from about 0 in August to 1 in February, with weather that lasts some days. */
const cold = (date: string) => {
  const spell = chance("spell", Math.floor(Date.parse(date) / day / 4)) * 0.3 + chance("day", date) * 0.1;
  return Math.max(0, (Math.cos(yearAngle(date) - 0.5) + 0.85) / 1.85 + spell - 0.2);
};

const rise = (halfHour: number, from: number, to: number) =>
  halfHour < from || halfHour >= to ? 0 : Math.min(1, (halfHour - from + 1) / 4, (to - halfHour) / 4);

const decimals = (value: number, places: number) => Number(value.toFixed(places));

/** Electricity of a school or office: a base by night, more on working days from about 07:30 to 18:00. */
export const building =
  (seed: string, size = 10): Meter =>
  (date, halfHour) => {
    const open = isWeekend(date) ? 0.12 : 0.85 + 0.15 * cold(date) + 0.1 * chance(seed, "busy", date);
    const noise = 0.9 + 0.2 * chance(seed, date, halfHour);
    return decimals(size * noise * (0.25 + open * rise(halfHour, 14, 37)), 2);
  };

/** Electricity of a leisure centre: much by night, every day alike. */
export const leisure =
  (seed: string, size = 40): Meter =>
  (date, halfHour) =>
    decimals(size * (0.92 + 0.16 * chance(seed, date, halfHour)) * (0.45 + 0.55 * rise(halfHour, 11, 45)), 1);

/** Gas of a heated building in kWh: none by night nor in summer, much in winter mornings. */
export const heated =
  (seed: string, size = 80): Meter =>
  (date, halfHour) => {
    const need = cold(date) * (isWeekend(date) ? 0.35 : 1);
    const hot = 0.04 * rise(halfHour, 13, 38);
    const morning = 1 + 0.8 * rise(halfHour, 10, 18);
    return decimals(
      size * (hot + need * morning * rise(halfHour, 10, 40)) * (0.85 + 0.3 * chance(seed, date, halfHour)),
      3
    );
  };

/** What a solar array makes: nothing by night, by season and cloud. */
export const array =
  (seed: string, size = 25): Meter =>
  (date, halfHour) => {
    const long = 0.5 - 0.32 * Math.cos(yearAngle(date) + 0.15);
    const height = Math.sin((Math.PI * (halfHour - 24 + 32 * long)) / (64 * long));
    const isUp = Math.abs(halfHour - 24 + 0.5) < 32 * long;
    const cloud = (0.3 + 0.7 * chance(seed, "day", date)) * (0.8 + 0.2 * chance(seed, date, halfHour));
    return isUp ? decimals(Math.max(0, size * 0.5 * long * height * cloud), 2) : 0;
  };

/** The half-hours of a day. */
export const cellsOf = (meter: Meter, date: string) => Array.from({length: 48}, (_, halfHour) => meter(date, halfHour));

/** An invented MPAN whose check digit fits, by its number. */
export function mpanOf(index: number): string {
  const first = `16${String(100 + index).padStart(10, "0")}`;
  const weights = [3, 5, 7, 13, 17, 19, 23, 29, 31, 37, 41, 43];
  const sum = weights.reduce((total, weight, place) => total + weight * Number(first[place]), 0);
  return `${first}${(sum % 11) % 10}`;
}
