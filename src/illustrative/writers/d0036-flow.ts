import {isSameSeries, MARK, type MeterDay, markAt, type Series} from "../reads.ts";
import type {SupplierFile} from "../supplier-files.ts";
import {printPlace} from "./print.ts";

const FLOW = "D0036001";
const COLLECTOR = {role: "C", name: "ILLU"} as const;
const COUNCIL = {role: "X", name: "CNPY"} as const;
const QUANTITIES = {import: "AI", export: "AE", generation: "AE"} as const;
const ONE_DECIMAL = 1;
const FIRST_OF_ITS_DAY = "01";
const NO_SECONDS = "00";

/**
 * Validated half-hourly advances as the industry's own data flow carries them: between header and trailer a `101` for each meter
 * and quantity, beneath it a `102` for each day, beneath that a `103` for each settlement period in order. A day without reads
 * has no `102`. The trailer counts the lines between, and the `101` among them.
 */
export function printD0036(file: SupplierFile): string {
  const stamp = `${digitsOf(file.issuedAt)}${NO_SECONDS}`;
  const id = `${stamp.slice(0, "YYYYMMDD".length)}${FIRST_OF_ITS_DAY}`;
  const starts = file.days.map((day, index) => startOf(file.days[index - 1], day));
  const groups = starts.filter(start => start !== "").length;
  const body = file.days.map((day, index) => starts[index] + printDay(day)).join("");
  const lines = file.days.reduce((sum, {quantities}) => sum + 1 + quantities.length, groups);
  const parties = `${COLLECTOR.role}|${COLLECTOR.name}|${COUNCIL.role}|${COUNCIL.name}`;
  return `ZHV|${id}|${FLOW}|${parties}|${stamp}||||OPER|\n${body}ZPT|${id}|${lines}||${groups}|${stamp}|\n`;
}

function startOf(before: MeterDay | undefined, {series}: MeterDay): string {
  return before && isSameSeries(before.series, series) ? "" : printSeries(series);
}

function printSeries({meter, channel}: Series): string {
  return `101|${meter.meterPointId}|${QUANTITIES[channel]}|${COLLECTOR.name}|\n`;
}

function printDay(day: MeterDay): string {
  let text = `102|${digitsOf(day.date)}|\n`;
  for (const place of day.quantities.keys()) {
    const flag = markAt(day, place) === MARK.estimated ? "E" : "A";
    text += `103|${flag}|${printPlace(day, place, ONE_DECIMAL)}|\n`;
  }
  return text;
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}
