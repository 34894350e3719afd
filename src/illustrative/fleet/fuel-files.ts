import {addMonths, type Month, monthOf} from "../calendar.ts";
import {ESTATE_PERIOD, MOST_BEGIN_ON} from "../estate.ts";
import type {Faults} from "../faults/plan.ts";
import type {FuelFile} from "../writers/fuel-e01.ts";
import {transactionsOf, withoutFaults} from "./transactions.ts";

const FIRST_NUMBER = 100_000_001;
const FIRST_BATCH = 338;

/** Months of the fleet's records, each of which has a file. */
export function fuelMonths(): Month[] {
  const months: Month[] = [];
  const last = monthOf(ESTATE_PERIOD.to);
  for (let month = monthOf(MOST_BEGIN_ON); month <= last; month = addMonths(month, 1)) months.push(month);
  return months;
}

export function fuelFileName(month: Month): string {
  return `fuel-${month}.E01`;
}

/** The fuel files one after another; transaction numbers run on from one to the next. */
export function* fuelFiles({seed, faults}: {seed: number; faults: Faults}): Generator<FuelFile> {
  let firstNumber = FIRST_NUMBER;
  for (const [index, month] of fuelMonths().entries()) {
    const invented = transactionsOf(seed, month);
    const transactions = faults === "none" ? withoutFaults(invented) : invented;
    yield {month, batch: FIRST_BATCH + index, firstNumber, transactions};
    firstNumber += transactions.length;
  }
}
