import {clockMinutes, type IsoDate, PERIODS_PER_HOUR, periodsOn} from "./calendar.ts";
import type {MeterPoint, Site} from "./estate.ts";
import {WOBBLE} from "./load-shapes.ts";
import {loadOn} from "./loads.ts";
import {deviate, type Random, randomFor} from "./random.ts";
import type {Weather} from "./weather.ts";

/** A half-hourly read: whole thousandths of a kWh or m3, so that sums are exact. */
export interface Read {
  readonly thousandths: number;
  readonly status: "actual" | "estimated";
}

/** A cell whose text is no number. */
export interface DamagedCell {
  readonly text: string;
}

/** What stands for one half-hour: a read, a damaged cell, or nothing. */
export type Cell = Read | DamagedCell | null;

/** One local day of one meter; `cells[0]` is settlement period 1, and there are as many as the day has. */
export interface MeterDay {
  readonly site: Site;
  readonly meter: MeterPoint;
  readonly date: IsoDate;
  readonly cells: readonly Cell[];
  /** What the meter's dial shows at the end of the day, thousandths of its unit. */
  readonly dialThousandths: number;
}

export const THOUSANDTHS = 1000;
/** Reads never go below nothing, and the dial starts somewhere. */
const FIRST_DIAL = {least: 20_000, spread: 60_000} as const;

export function isRead(cell: Cell | undefined): cell is Read {
  return cell != null && "thousandths" in cell;
}

/** Every half-hour that the meter measured on `dates`, which follow one another. */
export function measure(
  seed: number,
  site: Site,
  meter: MeterPoint,
  weather: Weather,
  dates: readonly IsoDate[]
): MeterDay[] {
  const random = randomFor(seed, meter.meterPointId);
  let dialThousandths = Math.round(FIRST_DIAL.least + FIRST_DIAL.spread * random()) * THOUSANDTHS;
  return dates.map(date => {
    const cells = measureDay(random, site, meter, weather, date);
    dialThousandths += cells.reduce((sum, cell) => sum + cell.thousandths, 0);
    return {site, meter, date, cells, dialThousandths};
  });
}

function measureDay(random: Random, site: Site, meter: MeterPoint, weather: Weather, date: IsoDate): Read[] {
  const dayWobble = 1 + WOBBLE.day * deviate(random);
  const load = loadOn(site, meter, weather, date);
  return Array.from({length: periodsOn(date)}, (_, index) => {
    const rate = load(clockMinutes(date, index + 1)) * dayWobble * (1 + WOBBLE.halfHour * deviate(random));
    return {thousandths: roundTo(meter.decimals, rate / PERIODS_PER_HOUR), status: "actual"};
  });
}

/** The nearest quantity that the meter can report, in thousandths. */
function roundTo(decimals: number, quantity: number): number {
  const steps = 10 ** decimals;
  return Math.round(quantity * steps) * (THOUSANDTHS / steps);
}
