import type {Month} from "../calendar.ts";
import type {SolarArray} from "../estate.ts";
import {MARK} from "../reads.ts";
import {ARRAYS} from "../sites/arrays.ts";
import type {GenerationTruth} from "../truth.ts";
import {printQuantity} from "../writers/print.ts";
import type {HeldSeries} from "./held-reads.ts";
import {daysByMonth, placesOf, TRUTH_DECIMALS} from "./tell-meter-points.ts";

/** What each array gave in each month, what of it left the site and what was used there. */
export function tellGeneration(held: readonly HeldSeries[]): GenerationTruth[] {
  return ARRAYS.flatMap(array => {
    const generated = held.find(each => each.series.meter === array.meter);
    const exported = held.find(each => each.series.meter === array.supply && each.series.channel === "export");
    if (!generated) throw new Error(`no file tells of: ${array.assetId}`);
    return [...daysByMonth(generated, {from: array.from, to: null})].map(([month, days]) =>
      tellMonth(array, generated, exported, month, days)
    );
  });
}

function tellMonth(
  {assetId}: SolarArray,
  generated: HeldSeries,
  exported: HeldSeries | undefined,
  month: Month,
  days: readonly number[]
): GenerationTruth {
  const sums = {generated: 0, exported: 0, used: 0};
  for (const place of placesOf(days)) {
    const [given, left] = [heldAt(generated, place), exported ? heldAt(exported, place) : null];
    sums.generated += given ?? 0;
    sums.exported += left ?? 0;
    if (given !== null && left !== null) sums.used += Math.max(0, given - left);
  }
  return {
    asset_id: assetId,
    month,
    generation_kwh: printQuantity(sums.generated, TRUTH_DECIMALS),
    export_kwh: exported ? printQuantity(sums.exported, TRUTH_DECIMALS) : null,
    self_consumption_kwh: exported ? printQuantity(sums.used, TRUTH_DECIMALS) : null
  };
}

function heldAt({quantities, marks}: HeldSeries, place: number): number | null {
  return marks[place] === MARK.missing ? null : (quantities[place] ?? 0);
}
