import {expect} from "vitest";
import {type Random, randomFor} from "../../src/illustrative/random.ts";
import {type Counts, defineProof} from "../prove/proof.ts";
import {hasRealData} from "../support/real-data.ts";
import {type Course, madeBuilding, madeNoise, madeWeather, resampled, type Strays} from "./buildings.ts";
import {type Case, type Measured, measure} from "./measured.ts";
import {centralEngland, paulton, realStrays} from "./real-strays.ts";

/** Parts of generated buildings; those of even seeds are reported, those of odd seeds are what the width of the band was set by. Two more are a real school. */
const GENERATED = 4;
const CASES = 1000;
const LONGEST = 4 * 365 + 30 + 730;

const isWhole = process.env.CANOPY_PROVE === "savings";

/** What noise is taken from: real meters in the whole proof, made noise in the everyday one. */
interface Nature {
  readonly weather: (random: Random) => readonly number[];
  readonly noise: (
    random: Random,
    index: number
  ) => {source: string; energy: "electricity" | "gas"; shares: readonly number[]};
}

const made: Nature = {
  weather: random => madeWeather(random, LONGEST),
  noise: (random, index) => ({
    source: "made",
    energy: index % 2 === 0 ? "electricity" : "gas",
    shares: madeNoise(random, LONGEST)
  })
};

let real: Promise<Nature> | undefined;
async function readReal(): Promise<Nature> {
  const [strays, degrees] = await Promise.all([realStrays(), centralEngland()]);
  const years = Math.floor(degrees.length / 365.25) - 7;
  const pick = (random: Random, of: readonly Strays[]) => of[Math.floor(random() * of.length)] as Strays;
  return {
    weather: random => {
      const from = Math.round(Math.floor(random() * years) * 365.25);
      return degrees.slice(from, from + LONGEST);
    },
    noise: (random, index) => {
      const energy = index % 2 === 0 ? "electricity" : "gas";
      const stray = pick(
        random,
        strays.filter(each => each.energy === energy)
      );
      return {source: stray.source, energy, shares: scaled(resampled(random, stray, LONGEST), 0.2 + 0.8 * random())};
    }
  };
}

const scaled = (shares: readonly number[], by: number) => shares.map(share => share * by);

/** A cut of one to twenty hundredths; every fourth building has none. */
const leftOf = (random: Random, index: number) => 1 - (index % 4 === 3 ? 0 : 0.01 + 0.19 * random());

/** The course up to a random day, with a cut on a random day after a baseline and works of up to a month. */
function caseOf(id: string, source: string, random: Random, index: number, course: Course): Case {
  const reporting = 60 + Math.floor(random() * 671);
  const works = Math.floor(random() * 31);
  const before = Math.floor(random() * Math.min(4, course.kw.length / 365 - 1.2)) * 365;
  const startedAt = before + 365;
  const length = Math.min(startedAt + works + reporting, course.kw.length);
  const spare = course.kw.length - length;
  // Courses begin on a Monday.
  const from = 7 * Math.floor((random() * (spare + 1)) / 7);
  const cut = (values: readonly (number | null)[]) => values.slice(from, from + length);
  return {
    id,
    source,
    course: {
      energy: course.energy,
      kw: cut(course.kw),
      celsius: course.celsius.slice(from, from + length),
      openings: course.openings.slice(from, from + length)
    },
    startedAt,
    doneAt: startedAt + works,
    left: leftOf(random, index)
  };
}

function casesOf(seed: number, {weather, noise}: Nature, cases: number): Case[] {
  return Array.from({length: cases}, (_, index) => {
    const id = `case-${String(index).padStart(3, "0")}`;
    const random = randomFor(seed, id);
    const {source, energy, shares} = noise(random, index >> 2);
    return caseOf(id, source, random, index, madeBuilding(seed, id, energy, weather(random), shares));
  });
}

const steps = [
  [0, 0.05],
  [0.05, 0.1],
  [0.1, 0.15],
  [0.15, 0.2]
] as const;

const percent = (share: number) => `${Math.round(100 * share)}%`;
const isInside = ({avoided_kwh, true_kwh, half_kwh}: Measured) => Math.abs(avoided_kwh - true_kwh) <= half_kwh;
const told = (days: number | null) => days !== null && days <= 365;

/** What came of measured cases, as counts by name. */
function countsOf(name: string, measured: readonly Measured[]): Counts {
  const uncut = measured.filter(({cut}) => cut < 1e-9);
  return {
    [`${name}: cases`]: measured.length,
    [`${name}: inside`]: measured.filter(isInside).length,
    [`${name}: meter-years uncut`]: Math.round(uncut.reduce((sum, {days}) => sum + Math.min(days, 365), 0) / 365),
    [`${name}: alarms without a cut`]: uncut.filter(({less_after, more_after}) => told(less_after) || told(more_after))
      .length
  };
}

/** The same for people to read: by source, and how soon a cut is told by its size. */
function print(name: string, measured: readonly Measured[]): void {
  const line = (what: string, cases: readonly Measured[]) => {
    const counts = countsOf("", cases);
    const width = median(cases.map(({half_kwh, expected_kwh}) => half_kwh / expected_kwh));
    return `  ${what}: ${cases.length} cases, ${percent(cases.filter(isInside).length / cases.length)} inside, band ±${(100 * width).toFixed(1)}% of use, ${counts[": alarms without a cut"]} alarms in ${counts[": meter-years uncut"]} meter-years without a cut\n`;
  };
  const groups = new Map<string, Measured[]>();
  for (const each of measured)
    for (const group of [
      each.source
        .split(" ")
        .slice(0, 2)
        .join(" ")
        .replace(/^(Dundee|made) .*/, "$1"),
      each.energy,
      each.days < 183 ? "under half a year" : each.days <= 365 ? "half a year to a year" : "over a year"
    ])
      groups.set(group, [...(groups.get(group) ?? []), each]);
  const ofSteps = steps.map(([from, to]) => {
    const cases = measured.filter(({cut, days}) => cut > from + 1e-9 && cut <= to && days >= 330);
    const days = cases.filter(({less_after}) => told(less_after)).map(({less_after}) => less_after ?? 0);
    const half = median(cases.map(({less_after}) => (told(less_after) ? (less_after ?? 0) : Number.POSITIVE_INFINITY)));
    return `  cut of ${percent(from)} to ${percent(to)}: ${cases.length} cases watched for a year, ${days.length} told; half of all in ${half === Number.POSITIVE_INFINITY ? "more than a year" : `${half} days`}\n`;
  });
  process.stdout.write(
    `${name}\n${line("all", measured)}${[...groups]
      .sort()
      .map(([what, cases]) => line(what, cases))
      .join("")}${ofSteps.join("")}`
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function proveGenerated(seed: number): Promise<Counts> {
  real ??= isWhole ? readReal() : Promise.resolve(made);
  const cases = casesOf(seed, await real, isWhole ? CASES : 60);
  const measured = await measure(cases);
  const name = seed % 2 === 0 ? "even" : "odd";
  if (isWhole) print(`${name} seed ${seed}`, measured);
  const counts = countsOf(name, measured);
  const share = (counts[`${name}: inside`] ?? 0) / measured.length;
  expect(measured).toHaveLength(cases.length);
  expect(share).toBeGreaterThan(isWhole ? 0.88 : 0.8);
  if (isWhole) expect(share).toBeLessThan(0.92);
  if (isWhole)
    expect(
      (counts[`${name}: alarms without a cut`] ?? 0) / (counts[`${name}: meter-years uncut`] ?? 0)
    ).toBeLessThanOrEqual(0.05);
  return counts;
}

/** A cut put into a real school on a hundred days; nothing was set by it, and nothing is demanded. */
async function provePaulton(seed: number, energy: "electricity" | "gas"): Promise<Counts> {
  const course = await paulton(energy);
  const cases = Array.from({length: 200}, (_, index) => {
    const id = `paulton-${String(index).padStart(3, "0")}`;
    return caseOf(id, `Paulton ${energy}`, randomFor(seed, id), index, course);
  });
  const measured = await measure(cases);
  print(`Paulton ${energy}`, measured);
  return countsOf(`Paulton ${energy}`, measured);
}

const prove = (part: number, seed: number) =>
  part <= GENERATED ? proveGenerated(seed) : provePaulton(seed, part === GENERATED + 1 ? "electricity" : "gas");

if (isWhole && !hasRealData) process.stderr.write("skipped: savings, whose noise is that of real meters\n");
else
  defineProof("savings", {
    parts: {small: 1, whole: GENERATED + 2},
    prove
  });
