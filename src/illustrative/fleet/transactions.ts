import {type IsoDate, type Month, monthOf} from "../calendar.ts";
import {type Random, randomFor} from "../random.ts";
import {drawingsOf} from "./drawings.ts";
import {PRODUCTS, UNKNOWN_PRODUCT} from "./products.ts";
import {VEHICLES, type Vehicle} from "./vehicles.ts";

/** One line of a fuel file before it is written. Quantities are whole hundredths of a litre, costs whole pence. */
export interface Transaction {
  readonly kind: "drawing" | "credit";
  readonly date: IsoDate;
  /** `HH:mm:ss`. */
  readonly time: string;
  readonly vehicle: Vehicle;
  readonly mileage: number;
  readonly productCode: string;
  readonly hundredths: number;
  readonly pence: number;
  readonly site: number;
  readonly pump: number;
  /** What was typed by hand instead of a registration, if anything. */
  readonly typed: string | null;
  /** The transaction's own registration is blank; the card's is not. */
  readonly isUnsaid: boolean;
}

/** Shares of the lines of a month. */
const SHARES = {credit: 0.002, typed: 0.0012, unsaid: 0.02} as const;
const TYPED = ["SPARE 2", "JERRYCAN"] as const;
const CREDIT_TIME = "23:10:00";
const ADBLUE_LINES = 4;
const ADBLUE = PRODUCTS.find(product => product.activity === "not_fuel");

/** What the fleet drew in a month, in order of time, with credits after the drawings they take back. */
export function transactionsOf(seed: number, month: Month): Transaction[] {
  const random = randomFor(seed, `fuel ${month}`);
  const fuel = VEHICLES.filter(vehicle => isAboutIn(vehicle, month)).flatMap(each => drawingsOf(random, each, month));
  const drawn = [...fuel, ...otherProducts(random, month, fuel)].sort(byTime);
  return drawn.map(each => mislaid(random, each)).flatMap(each => withCredit(random, each));
}

/** What was drawn of known products, each by its vehicle's own registration and never taken back. */
export function withoutFaults(transactions: readonly Transaction[]): Transaction[] {
  return transactions
    .filter(({kind, productCode}) => kind === "drawing" && productCode !== UNKNOWN_PRODUCT.code)
    .map(each => ({...each, typed: null, isUnsaid: false}));
}

function isAboutIn({from, to, fuel}: Vehicle, month: Month): boolean {
  return fuel !== "electric" && monthOf(from) <= month && (to === null || monthOf(to) >= month);
}

/** AdBlue every month, and once a product that nobody knows: drawn with the fuel of another line. */
function otherProducts(random: Random, month: Month, fuel: readonly Transaction[]): Transaction[] {
  const refuse = fuel.filter(({vehicle}) => vehicle.kind === "refuse-collection-vehicle");
  const adBlue = Array.from({length: ADBLUE_LINES}, () =>
    another(random, refuse, ADBLUE?.code, ADBLUE?.poundsPerLitre)
  );
  if (month !== UNKNOWN_PRODUCT.month) return adBlue;
  const {code, poundsPerLitre, lines} = UNKNOWN_PRODUCT;
  return [...adBlue, ...Array.from({length: lines}, () => another(random, refuse, code, poundsPerLitre))];
}

function another(random: Random, among: readonly Transaction[], productCode = "", poundsPerLitre = 0): Transaction {
  const beside = among[Math.floor(random() * among.length)];
  if (!beside) throw new Error("nothing was drawn");
  const hundredths = 1000 + Math.round(2500 * random());
  return {...beside, productCode, hundredths, pence: Math.round(hundredths * poundsPerLitre)};
}

function mislaid(random: Random, drawing: Transaction): Transaction {
  const [isTyped, isUnsaid] = [random() < SHARES.typed, random() < SHARES.unsaid];
  const typed = TYPED[random() < 1 / TYPED.length ? 0 : 1];
  const isFuel = PRODUCTS.some(({code, activity}) => code === drawing.productCode && activity !== "not_fuel");
  if (isTyped && isFuel) return {...drawing, typed};
  return {...drawing, isUnsaid};
}

function withCredit(random: Random, drawing: Transaction): Transaction[] {
  const isCredited = random() < SHARES.credit && drawing.typed === null && drawing.productCode !== UNKNOWN_PRODUCT.code;
  return isCredited ? [drawing, {...drawing, kind: "credit", time: CREDIT_TIME}] : [drawing];
}

function byTime(one: Transaction, other: Transaction): number {
  const [first, second] = [`${one.date} ${one.time}`, `${other.date} ${other.time}`];
  if (first === second) return one.vehicle.number - other.vehicle.number;
  return first < second ? -1 : 1;
}
