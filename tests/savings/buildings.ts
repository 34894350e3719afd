import {deviate, type Random, randomFor} from "../../src/illustrative/random.ts";

/** How a building is on a day. */
export type Opening = "open" | "weekend" | "holiday";

/** Days of one building on end, beginning on a Monday; kW is null on a day that nobody read. */
export interface Course {
  readonly energy: "electricity" | "gas";
  readonly kw: readonly (number | null)[];
  readonly celsius: readonly number[];
  readonly openings: readonly Opening[];
}

/** How far real days strayed from their signature, as shares of what was expected, by the day of the year: the first day is a Monday. */
export interface Strays {
  readonly source: string;
  readonly energy: "electricity" | "gas";
  readonly shares: readonly number[];
}

const DAYS_IN_YEAR = 365.25;
/** Noise is taken over in blocks of four weeks, from within six weeks of the same time of the year. */
const BLOCK = 28;
const NEAR = 42;
/** Days of little use stray more than their share: what a day strays by is a share of what it uses, or of so much of the mean. */
export const LEAST_SCALE = 0.25;

/** Outside temperatures that are made: a smooth year with spells. */
export function madeWeather(random: Random, days: number): number[] {
  let departure = 0;
  return Array.from({length: days}, (_, day) => {
    departure = 0.78 * departure + 4.4 * deviate(random);
    return 10.2 - 6.3 * Math.cos((2 * Math.PI * (day - 22)) / DAYS_IN_YEAR) + departure;
  });
}

/** Noise that is made: days of their own, and spells of it. */
export function madeNoise(random: Random, days: number): number[] {
  let spell = 0;
  return Array.from({length: days}, () => {
    spell = 0.8 * spell + 0.05 * deviate(random);
    return 0.09 * deviate(random) + spell;
  });
}

/** Noise of real strays, block by block, weekday on weekday, of about the same time of the year. */
export function resampled(random: Random, {shares}: Strays, days: number): number[] {
  const out: number[] = [];
  while (out.length < days) {
    const at = out.length;
    const fits = Array.from({length: Math.floor((shares.length - BLOCK) / 7) + 1}, (_, week) => 7 * week).filter(
      start => apart(start, at) <= NEAR
    );
    const start = fits[Math.floor(random() * fits.length)] ?? 0;
    out.push(...shares.slice(start, start + BLOCK));
  }
  return out.slice(0, days);
}

/** Days between two days of the year. */
function apart(a: number, b: number): number {
  const distance = Math.abs(a - b) % DAYS_IN_YEAR;
  return Math.min(distance, DAYS_IN_YEAR - distance);
}

/** A school or an office: weekends, and thirteen weeks of holidays or the days about Christmas. */
function openingsOf(isSchool: boolean, days: number): Opening[] {
  return Array.from({length: days}, (_, day) => {
    if (day % 7 >= 5) return "weekend";
    const week = Math.floor((day % 364) / 7);
    const holidays = isSchool ? [0, 7, 14, 15, 21, 29, 30, 31, 32, 33, 34, 43, 51] : [51];
    return holidays.includes(week) ? "holiday" : "open";
  });
}

/** A building of its own, made of what `seed` and `label` say, in this weather and with this noise. */
export function madeBuilding(
  seed: number,
  label: string,
  energy: "electricity" | "gas",
  celsius: readonly number[],
  noise: readonly number[]
): Course {
  const random = randomFor(seed, `${label} building`);
  const between = (low: number, high: number) => low + (high - low) * random();
  const isGas = energy === "gas";
  const size = Math.exp(between(Math.log(3), Math.log(150)));
  const heatsBelow = between(12, 17);
  const heating = isGas ? between(0.08, 0.2) : between(0, 0.03);
  const cooling = !isGas && random() < 0.4 ? between(0.005, 0.03) : 0;
  const base = isGas ? between(0.05, 0.3) : 1;
  const shares = {open: 1, weekend: between(0.3, 0.95), holiday: between(0.3, 0.95)};
  const openings = openingsOf(random() < 0.5, celsius.length);
  const signal = celsius.map((degrees, day) => {
    const warmth = heating * Math.max(heatsBelow - degrees, 0) + cooling * Math.max(degrees - 18, 0);
    return size * (base + warmth) * shares[openings[day] ?? "open"];
  });
  const least = (LEAST_SCALE * signal.reduce((sum, kw) => sum + kw, 0)) / signal.length;
  const isMissing = gaps(random, celsius.length);
  return {
    energy,
    celsius,
    openings,
    kw: signal.map((kw, day) => (isMissing[day] ? null : Math.max(kw + (noise[day] ?? 0) * Math.max(kw, least), 0)))
  };
}

/** Two to four gaps of up to a week. */
function gaps(random: Random, days: number): boolean[] {
  const isMissing = new Array<boolean>(days).fill(false);
  for (let gap = 0; gap < 2 + random() * 3; gap += 1) {
    const from = Math.floor(random() * days);
    isMissing.fill(true, from, from + 1 + Math.floor(random() * 7));
  }
  return isMissing;
}
