import {type IsoDate, isSecondPass, MOST_PERIODS_PER_DAY, PERIODS_PER_DAY} from "../calendar.ts";
import {LAYOUTS} from "../layouts.ts";
import {isReadAt, MARK, type MeterDay, markAt, type Series} from "../reads.ts";
import type {SupplierFile} from "../supplier-files.ts";

/** The reads of one series that stand, day by day at `MOST_PERIODS_PER_DAY` places a day. */
export interface HeldSeries {
  readonly series: Series;
  readonly dates: readonly IsoDate[];
  /** Thousandths of the unit. */
  readonly quantities: Int32Array;
  /** A `Mark` for each place. */
  readonly marks: Uint8Array;
}

/** Takes in files, earliest issue first. */
export interface HeldReads {
  fold(file: SupplierFile): void;
  /** In the order in which the series were first seen. */
  all(): HeldSeries[];
}

/** For each half-hour the latest file to give a read wins; a blank never takes one away; damaged cells count as missing. */
export function holdReads(dates: readonly IsoDate[]): HeldReads {
  const held = new Map<string, HeldSeries>();
  const dayOf = new Map(dates.map((date, index) => [date, index]));
  return {
    fold: ({days, layout}) => {
      for (const day of days) {
        const start = (dayOf.get(day.date) ?? 0) * MOST_PERIODS_PER_DAY;
        overlay(seriesIn(held, day.series, dates), start, day, LAYOUTS[layout].keepsSecondPass);
      }
    },
    all: () => [...held.values()]
  };
}

function seriesIn(held: Map<string, HeldSeries>, series: Series, dates: readonly IsoDate[]): HeldSeries {
  const key = `${series.meter.meterPointId} ${series.channel}`;
  const known = held.get(key);
  if (known) return known;
  const places = dates.length * MOST_PERIODS_PER_DAY;
  const fresh = {series, dates, quantities: new Int32Array(places), marks: new Uint8Array(places).fill(MARK.missing)};
  held.set(key, fresh);
  return fresh;
}

function overlay({quantities, marks}: HeldSeries, start: number, day: MeterDay, keepsSecondPass: boolean): void {
  const isLong = day.quantities.length > PERIODS_PER_DAY;
  day.quantities.forEach((quantity, place) => {
    const isLost = isLong && !keepsSecondPass && isSecondPass(day.date, place + 1);
    if (isLost || !isReadAt(day, place)) return;
    quantities[start + place] = quantity;
    marks[start + place] = markAt(day, place);
  });
}
