import {type Month, monthOf} from "../calendar.ts";
import type {FuelFault} from "../faults/fault.ts";
import {PRODUCTS} from "../fleet/products.ts";
import type {Transaction} from "../fleet/transactions.ts";
import type {FuelTruth, UnknownProductTruth} from "../truth.ts";
import {printQuantity} from "../writers/print.ts";
import {TRUTH_DECIMALS} from "./tell-meter-points.ts";

const UNALLOCATED = "unallocated";
const THOUSANDTHS_PER_HUNDREDTH = 10;

interface Sum {
  hundredths: number;
  credited: number;
  transactions: number;
}

/** Adds up the fuel files as they are written. */
export interface FuelLedger {
  fold(name: string, transactions: readonly Transaction[]): void;
  fuel(): FuelTruth[];
  unknownProducts(): UnknownProductTruth[];
  faults(): FuelFault[];
}

export function openFuelLedger(): FuelLedger {
  const fuel = new Map<string, Sum>();
  const unknown = new Map<string, Sum>();
  const faults: FuelFault[] = [];
  return {
    fold: (name, transactions) => {
      for (const each of transactions) count(each, fuel, unknown);
      faults.push(...transactions.flatMap((each, index) => faultsOf(name, each, index)));
    },
    fuel: () => [...fuel].sort(([one], [other]) => (one < other ? -1 : 1)).map(tellFuel),
    unknownProducts: () => [...unknown].map(tellUnknown),
    faults: () => faults
  };
}

function count(transaction: Transaction, fuel: Map<string, Sum>, unknown: Map<string, Sum>): void {
  const {productCode} = transaction;
  const product = PRODUCTS.find(({code}) => code === productCode);
  if (!product) add(unknown, productCode, transaction);
  else if (product.activity !== "not_fuel") add(fuel, keyOf(transaction, product.activity), transaction);
}

function keyOf({date, typed, vehicle}: Transaction, activity: string): string {
  const [service, kind] = typed === null ? [vehicle.service, vehicle.kind] : [UNALLOCATED, UNALLOCATED];
  return [monthOf(date), service, kind, activity].join(" ");
}

function add(sums: Map<string, Sum>, key: string, {kind, hundredths}: Transaction): void {
  const sum = sums.get(key) ?? {hundredths: 0, credited: 0, transactions: 0};
  sum.transactions += 1;
  sum.hundredths += kind === "credit" ? -hundredths : hundredths;
  sum.credited += kind === "credit" ? hundredths : 0;
  sums.set(key, sum);
}

function tellFuel([key, sum]: [string, Sum]): FuelTruth {
  const [month = "", service = "", vehicle_kind = "", activity = ""]: (Month | string)[] = key.split(" ");
  const [quantity_l, credited_l] = [litres(sum.hundredths), litres(sum.credited)];
  return {month, service, vehicle_kind, activity, quantity_l, credited_l, transactions: sum.transactions};
}

function tellUnknown([product_code, {transactions, hundredths}]: [string, Sum]): UnknownProductTruth {
  return {product_code, transactions, quantity_l: litres(hundredths)};
}

function faultsOf(file: string, transaction: Transaction, index: number): FuelFault[] {
  const {date, productCode, hundredths, kind, typed} = transaction;
  const about = {file, line: index + 1, first_date: date, last_date: date, product_code: productCode};
  const told = {...about, quantity: litres(hundredths)};
  if (kind === "credit") return [{kind: "fuel_credit", ...told, other_line: index}];
  if (typed !== null) return [{kind: "unmatched_vehicle", ...told}];
  return PRODUCTS.some(({code}) => code === productCode) ? [] : [{kind: "unknown_product", ...told}];
}

function litres(hundredths: number): string {
  return printQuantity(hundredths * THOUSANDTHS_PER_HUNDREDTH, TRUTH_DECIMALS);
}
