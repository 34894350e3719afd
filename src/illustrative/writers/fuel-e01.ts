import {addMonths, dayOfYear, type IsoDate, type Month} from "../calendar.ts";
import {textOf} from "../csv.ts";
import type {Transaction} from "../fleet/transactions.ts";

const DETAIL = "1";
const CONTROL = "2";
const TYPES = {drawing: "3", credit: "8"} as const;
const SIGNS = {drawing: "+", credit: "-"} as const;
const CUSTOMER = {code: "204417", account: "01"} as const;
const CARD_START = "7000000";
const NO_FLEET_NUMBER = "000000";
/** Each transaction number has one line. */
const FIRST_OF_ITS_NUMBER = "001";
const CONTROL_TIME = "02:00:00";
const HUNDREDTHS = 100;
/** Characters of fields that are filled up. */
const WIDTH = {
  transaction: 9,
  site: 6,
  pump: 2,
  card: 12,
  registration: 12,
  mileage: 7,
  fleet: 6,
  quantity: 11,
  cost: 7
} as const;
const DAYS_PER_WEEK = 7;
const FINANCIAL_YEAR_DAY = 91;
const DAYS_IN_YEAR = 365;

/** What numbers the records of a file. */
export interface FuelFile {
  readonly month: Month;
  readonly batch: number;
  /** Number of the first transaction. */
  readonly firstNumber: number;
  readonly transactions: readonly Transaction[];
}

/**
 * Keyfuels E01: a detail record for each transaction and a control record at the end, 24 fields each, every one but the first quoted.
 * Quantities and costs are always positive and their signs stand apart; the control record holds the count and the signed totals.
 */
export function printFuelFile(file: FuelFile): string {
  const details = file.transactions.map((each, index) => detail(each, file.firstNumber + index));
  return textOf([...details, control(file)], "\r\n");
}

function detail(transaction: Transaction, number: number): string {
  const {kind, vehicle, typed, isUnsaid, date} = transaction;
  const registration = (typed ?? vehicle.registration).padEnd(WIDTH.registration);
  const sign = SIGNS[kind];
  return record(DETAIL, [
    ...[zeros(number, WIDTH.transaction), FIRST_OF_ITS_NUMBER, TYPES[kind]],
    ...[date, transaction.time, weekOf(date)],
    ...[zeros(transaction.site, WIDTH.site), zeros(transaction.pump, WIDTH.pump)],
    ...[CARD_START + zeros(vehicle.number, WIDTH.card), CUSTOMER.code, CUSTOMER.account, registration],
    ...[zeros(transaction.mileage, WIDTH.mileage), fleetNumber(transaction), transaction.productCode],
    ...[decimal(transaction.hundredths, WIDTH.quantity), sign, decimal(transaction.pence, WIDTH.cost), sign],
    ...["", "Y", registration, isUnsaid ? "" : registration]
  ]);
}

function control({month, batch, transactions}: FuelFile): string {
  const litres = signedSum(transactions, ({hundredths}) => hundredths);
  const pounds = signedSum(transactions, ({pence}) => pence);
  return record(CONTROL, [
    ...[zeros(batch, WIDTH.transaction), "", "", `${addMonths(month, 1)}-01`, CONTROL_TIME, "", "", "", ""],
    ...[CUSTOMER.code, CUSTOMER.account, "", zeros(transactions.length, WIDTH.mileage), "", ""],
    ...[decimal(Math.abs(litres), WIDTH.quantity), litres < 0 ? "-" : "+"],
    ...[decimal(Math.abs(pounds), WIDTH.cost), pounds < 0 ? "-" : "+", "", "", "", ""]
  ]);
}

function record(type: string, fields: readonly string[]): string {
  return [type, ...fields.map(field => `"${field}"`)].join(",");
}

function fleetNumber({typed, vehicle}: Transaction): string {
  return typed === null ? zeros(vehicle.number, WIDTH.fleet) : NO_FLEET_NUMBER;
}

function signedSum(transactions: readonly Transaction[], of: (transaction: Transaction) => number): number {
  return transactions.reduce((sum, each) => sum + (each.kind === "credit" ? -of(each) : of(each)), 0);
}

/** Week of the financial year and the year in which that began, two digits each. */
function weekOf(date: IsoDate): string {
  const days = (dayOfYear(date) - FINANCIAL_YEAR_DAY + DAYS_IN_YEAR) % DAYS_IN_YEAR;
  const year = Number(date.slice(0, "YYYY".length)) - (dayOfYear(date) < FINANCIAL_YEAR_DAY ? 1 : 0);
  return zeros(Math.floor(days / DAYS_PER_WEEK) + 1, 2) + String(year).slice(2);
}

function decimal(hundredths: number, width: number): string {
  return (hundredths / HUNDREDTHS).toFixed(2).padStart(width, "0");
}

function zeros(number: number, width: number): string {
  return String(number).padStart(width, "0");
}
