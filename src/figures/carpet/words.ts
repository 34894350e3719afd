import type {Quantity} from "../../domain/energy.ts";
import type {SiteEnergyDaily} from "../../models/marts/site_energy_daily.ts";
import {clockText, dateText} from "../../wording/dates.ts";
import {plain, rounded} from "../../wording/numbers.ts";
import {didQuantity, doesQuantity, quantityOf, whyImport} from "../../wording/quantities.ts";
import {percent} from "../../wording/shares.ts";
import {headline, printable, sentenceCase, type Wording} from "../../wording/titles.ts";
import type {FigureWords} from "../kit/figure.ts";
import {type CarpetDay, type Grid, powers, usualPeak} from "./grid.ts";

/** What is used, or imported, while closed beside all of it, in kWh, over the days for which both are known. */
interface Closed {
  readonly quantity: Quantity;
  readonly closedKwh: number;
  readonly totalKwh: number;
}

/** The words of a carpet: what share was used (or imported, where use is not known) while closed or, where opening hours are not known, when the usual peak is. */
export function carpetWords(row: CarpetDay, grid: Grid, days: readonly SiteEnergyDaily[]): FigureWords {
  const name = printable(row.site_name);
  const [first, last] = [grid.days[0] as Date, grid.days.at(-1) as Date];
  const period = `${dateText(first)} to ${dateText(last)}`;
  const title = headline(name, wordingsOf(row, grid, closedOf(row, days)));
  const measure = `${quantityOf(row)} in kW each half-hour${whyImport(row)}`;
  return {
    id: ["carpet", row.site_id, row.energy],
    title,
    measure: title.includes(name) ? sentenceCase(measure) : `${name}, ${measure}`,
    period,
    alt: altOf(row, grid, closedOf(row, days), {name, period}),
    source: `half-hourly readings to ${dateText(last)}`
  };
}

function closedOf({quantity}: CarpetDay, days: readonly SiteEnergyDaily[]): Closed | undefined {
  const known = days.filter(day => day.closed_kwh !== null && day.quantity === quantity);
  const totalKwh = known.reduce((sum, day) => sum + (day.half_hourly_kwh ?? 0), 0);
  const closedKwh = known.reduce((sum, day) => sum + (day.closed_kwh ?? 0), 0);
  return totalKwh > 0 ? {quantity, closedKwh, totalKwh} : undefined;
}

function wordingsOf(row: CarpetDay, grid: Grid, closed: Closed | undefined): [Wording, ...Wording[]] {
  const {energy, quantity} = row;
  if (closed) return closedWordings(row, percent(closed.closedKwh, closed.totalKwh));
  const peak = usualPeak(grid);
  if (peak === undefined) return [name => `${name} ${didQuantity[quantity]} no ${energy}`];
  return [name => `${name} ${energy} peaks at ${clockText(peak)}`];
}

function closedWordings({energy, quantity}: CarpetDay, share: string): [Wording, ...Wording[]] {
  const [does, did] = [doesQuantity[quantity], didQuantity[quantity]];
  return [
    name => `${name} ${does} ${share} of its ${energy} while closed`,
    name => `${name}: ${share} of ${energy} ${did} while closed`,
    name => `${name}: ${share} ${did} while closed`
  ];
}

function altOf(
  row: CarpetDay,
  grid: Grid,
  closed: Closed | undefined,
  {name, period}: {readonly name: string; readonly period: string}
): string {
  return [
    `Heat map of ${quantityOf(row)} at ${name}${whyImport(row)}, a column a day from ${period}, a row a half-hour.`,
    closed && closedSentence(closed),
    peakSentence(grid),
    gapsSentence(grid)
  ]
    .filter(Boolean)
    .join(" ");
}

function closedSentence({quantity, closedKwh, totalKwh}: Closed): string {
  return `${percent(closedKwh, totalKwh)} of ${quantity}, ${rounded(closedKwh)} of ${rounded(totalKwh)} kWh, is while closed.`;
}

function peakSentence(grid: Grid): string {
  const peak = usualPeak(grid);
  if (peak === undefined) return "Every reading is 0 kW.";
  const highest = powers(grid.cells).reduce((most, kw) => Math.max(most, kw), 0);
  return `Power usually peaks at ${clockText(peak)}; the highest half-hour is ${rounded(highest)} kW.`;
}

function gapsSentence({cells}: Grid): string {
  const estimated = cells.filter(cell => cell?.is_estimated).length;
  const missing = cells.filter(cell => cell === null).length;
  return `Half-hours estimated: ${plain(estimated)}; missing: ${plain(missing)}.`;
}
