import type {IsoDate} from "./calendar.ts";
import type {SiteKind} from "./estate.ts";

const FIRST_YEAR = 2020;
const MONTHS_PER_YEAR = 12;
const APRIL = 4;
/** What a year of small improvements leaves of the year before's use. */
const YEARLY_KEPT = 0.98;
/** The share of the lamps of 2020, by power, that the change to LED leaves, and how many years it takes. */
const LED = {left: 0.48, years: 7} as const;

/** From `from`, until the next stage, how much of its ordinary life a kind of building has. */
interface Stage {
  readonly from: IsoDate;
  readonly share: number;
}

const ORDINARY: readonly Stage[] = [];
const CLOSED_TWICE: readonly Stage[] = [
  {from: "2020-03-23", share: 0.06},
  {from: "2020-07-20", share: 0.5},
  {from: "2020-11-05", share: 0.15},
  {from: "2020-12-03", share: 0.45},
  {from: "2021-01-05", share: 0.06},
  {from: "2021-04-12", share: 0.7},
  {from: "2021-09-01", share: 0.92},
  {from: "2022-04-01", share: 1}
];
const PARTLY_TAUGHT: readonly Stage[] = [
  {from: "2020-03-23", share: 0.18},
  {from: "2020-06-01", share: 0.5},
  {from: "2020-09-03", share: 0.97},
  {from: "2021-01-05", share: 0.35},
  {from: "2021-03-08", share: 1}
];
const WORKED_FROM_HOME: readonly Stage[] = [
  {from: "2020-03-23", share: 0.25},
  {from: "2020-09-01", share: 0.4},
  {from: "2021-07-19", share: 0.65},
  {from: "2022-04-01", share: 0.9}
];

/** The quiet of 2020 and 2021, and how each kind of building came out of it. */
const LIFE: Readonly<Record<SiteKind, readonly Stage[]>> = {
  office: WORKED_FROM_HOME,
  library: CLOSED_TWICE,
  "leisure-centre": CLOSED_TWICE,
  museum: CLOSED_TWICE,
  "community-centre": CLOSED_TWICE,
  "primary-school": PARTLY_TAUGHT,
  "secondary-school": PARTLY_TAUGHT,
  "special-school": PARTLY_TAUGHT,
  depot: ORDINARY,
  "care-home": ORDINARY,
  crematorium: ORDINARY,
  "street-lighting": ORDINARY
};

/** How much of its ordinary life a kind of building has on a day, 0 to 1. */
export function lifeOn(kind: SiteKind, date: IsoDate): number {
  return LIFE[kind].findLast(stage => stage.from <= date)?.share ?? 1;
}

/** What small improvements have left, since April 2020, of the use of a building. */
export function efficiencyOn(date: IsoDate): number {
  return YEARLY_KEPT ** yearsSinceStart(date);
}

/** What the change to LED has left, since April 2020, of the power of the street lamps. */
export function lampsLeftOn(date: IsoDate): number {
  return 1 - (1 - LED.left) * Math.min(1, Math.max(0, yearsSinceStart(date) / LED.years));
}

/** By whole months, so that a day costs little. */
function yearsSinceStart(date: IsoDate): number {
  const [year = 0, month = 0] = date.split("-").map(Number);
  return year - FIRST_YEAR + (month - APRIL) / MONTHS_PER_YEAR;
}
