import {addDays, type IsoDate, PERIODS_PER_HOUR} from "../../src/illustrative/calendar.ts";
import type {Mishaps} from "../../src/illustrative/happenings.ts";
import {isAlwaysOpen, isOpenAt} from "../../src/illustrative/opening.ts";
import type {Random} from "../../src/illustrative/random.ts";
import type {findingKinds} from "../../src/models/marts/findings.ts";
import {type Estate, meanKw, type PlantedSite, type ToldSite} from "./estate.ts";

export type FindingKind = (typeof findingKinds)[number];

/** What is wrong at a site from a day on. */
export interface Fault {
  readonly kind: FaultKind;
  readonly energy: "electricity" | "gas" | "generation";
  readonly from: IsoDate;
  /** The share of what the mishap at its full would take, or of what an array loses. */
  readonly size: number;
  /** kW more, day and night. */
  readonly kw?: number;
  readonly mishaps?: Partial<Mishaps>;
  /** What a meter tells of a day: from what it should tell, and from what it should have told of the first day. */
  readonly rewrite?: (day: Float64Array, first: Float64Array) => Float64Array;
}

/** What may be planted, and the kinds of finding that say so: the first is what it should be called. */
export const accepted = {
  "base load step": ["base load up"],
  "lights on at night": ["on at night"],
  "heating left on": ["heating while shut", "heating at night", "gas day and night"],
  "hot water left on": ["hot water while shut", "gas day and night"],
  leak: ["gas day and night"],
  "solar outage": ["solar array out", "solar array weak"],
  "stuck meter": ["readings in doubt"],
  "wrong clock": ["readings in doubt"],
  "wrong unit": ["readings in doubt"],
  "m³ as kWh": ["readings in doubt"]
} as const satisfies Record<string, readonly FindingKind[]>;
export type FaultKind = keyof typeof accepted;

/** From which size recall is counted: of what the part of the day usually takes, and kW. */
export const counted = {share: 0.2, electricityKw: 1, gasKw: 3} as const;

/** Days for which a fault must have stood before recall counts it. */
export const DAYS_TO_FIND = 14;

interface Occasion {
  readonly random: Random;
  readonly asOf: IsoDate;
  readonly isSeptember: boolean;
}

type Maker = (planted: PlantedSite, occasion: Occasion, from: IsoDate, stay: Stay) => Fault | null;
type Stay = {readonly siteId: string; readonly from: IsoDate; readonly to: IsoDate};

const dataFault =
  (
    kind: FaultKind,
    rewriteOf: (random: Random) => NonNullable<Fault["rewrite"]>,
    canBe: (planted: PlantedSite, energy: "electricity" | "gas", from: IsoDate) => boolean,
    only?: "electricity" | "gas"
  ): Maker =>
  (planted, {random}, from) => {
    const energy = only ?? (planted.gas !== null && random() < 0.5 ? "gas" : "electricity");
    if (energy === "gas" && planted.gas === null) return null;
    return canBe(planted, energy, from) ? {kind, energy, from, size: 1, rewrite: rewriteOf(random)} : null;
  };

/** The cold half of the year, in which gas is burnt and heating can be left on. */
export const isCold = (date: IsoDate) => ["10", "11", "12", "01", "02", "03", "04"].includes(date.slice(5, 7));
const isStepped = ({site}: PlantedSite) => site.hours !== null && !isAlwaysOpen(site.hours);

const makers: Readonly<Record<FaultKind, Maker>> = {
  "base load step": ({site}, {random}, from) => ({
    ...{kind: "base load step", energy: "electricity", from, size: 0},
    kw: (site.floorAreaM2 ?? 0) * (0.0005 + 0.004 * random())
  }),
  "lights on at night": (planted, {random}, from, stay) =>
    isStepped(planted)
      ? {
          ...{kind: "lights on at night", energy: "electricity", from, size: 0.3 + 1.2 * random()},
          mishaps: {lightsLeftOn: [stay]}
        }
      : null,
  "heating left on": (planted, {random}, from, stay) =>
    planted.gas !== null && isStepped(planted) && isCold(from)
      ? {
          ...{kind: "heating left on", energy: "gas", from, size: 0.2 + 0.8 * random()},
          mishaps: {heatingLeftOn: [stay]}
        }
      : null,
  "hot water left on": (planted, {random}, from, stay) =>
    planted.gas !== null && isStepped(planted) && from.slice(5, 7) === "08"
      ? {
          ...{kind: "hot water left on", energy: "gas", from, size: 0.4 + 0.8 * random()},
          mishaps: {hotWaterLeftOn: [stay]}
        }
      : null,
  leak: ({site, gas}, {random}, from) =>
    gas === null
      ? null
      : {
          ...{kind: "leak", energy: "gas", from, size: 0},
          kw: (site.floorAreaM2 ?? 0) * (0.0005 + 0.01 * random())
        },
  "solar outage": ({array}, {random}, from) =>
    array === null
      ? null
      : {kind: "solar outage", energy: "generation", from, size: random() < 0.7 ? 1 : 0.5 + 0.45 * random()},
  "stuck meter": dataFault(
    "stuck meter",
    random => {
      const at = Math.floor(random() * 46);
      return (day, first) => day.map(() => first[at] ?? 0);
    },
    (_, energy, from) => energy === "electricity" || isCold(from)
  ),
  "wrong clock": dataFault(
    "wrong clock",
    random => {
      const by = random() < 0.5 ? PERIODS_PER_HOUR : -PERIODS_PER_HOUR;
      return day => Float64Array.from([...day.slice(-by), ...day.slice(0, -by)]);
    },
    planted => isStepped(planted),
    "electricity"
  ),
  "wrong unit": dataFault(
    "wrong unit",
    random => {
      const by = random() < 0.5 ? 1000 : 0.001;
      return day => day.map(kwh => kwh * by);
    },
    (_, energy, from) => energy === "electricity" || isCold(from)
  ),
  "m³ as kWh": dataFault(
    "m³ as kWh",
    () => day => day.map(kwh => kwh / 11.1),
    (_, __, from) => isCold(from),
    "gas"
  )
};

/** Kinds for which few sites have what they need, which are taken where they can be. */
const seldom: readonly FaultKind[] = ["heating left on", "solar outage"];

/** One fault that can be at a site, of a kind and from a day 3 to 60 days before the as-of date. */
export function faultAt(planted: PlantedSite, occasion: Occasion): Fault | null {
  const {random, asOf, isSeptember} = occasion;
  const kinds = (Object.keys(makers) as FaultKind[])
    .map(kind => ({
      kind,
      rank: random() / (seldom.includes(kind) || (isSeptember && kind === "hot water left on") ? 4 : 1)
    }))
    .sort((a, b) => a.rank - b.rank);
  const siteId = planted.site.siteId;
  for (const {kind} of kinds) {
    const days = kind === "hot water left on" ? 8 + Math.floor(30 * random()) : 3 + Math.floor(58 * random());
    const from = addDays(asOf, -days);
    const fault = makers[kind](planted, occasion, from, {siteId, from, to: asOf});
    if (fault !== null) return fault;
  }
  return null;
}

/** Whether a fault is so large, on the days since it began, that recall counts it. */
export function isCounted(estate: Estate, planted: PlantedSite, told: ToldSite, until: IsoDate): boolean {
  const {fault, site} = planted;
  if (fault === null) return false;
  const course = fault.energy === "generation" ? told.generation : told[fault.energy];
  if (course === null) return false;
  const days = [fault.from, until] as const;
  const least = fault.energy === "gas" ? counted.gasKw : counted.electricityKw;
  const always = () => true;
  if (fault.rewrite !== undefined) return meanKw(estate, course.usual, days, always) >= least;
  if (fault.energy === "generation") return true;
  const isWhileShut = fault.kind === "heating left on" || fault.kind === "hot water left on";
  const isIn = (date: IsoDate, halfHour: number) => (isWhileShut ? !isOpenAt(site, date, halfHour) : halfHour < 8);
  const usual = meanKw(estate, course.usual, days, isIn);
  const more = meanKw(estate, course.told, days, isIn) - usual;
  return more >= least && more >= counted.share * usual;
}
