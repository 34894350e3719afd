import type {Example} from "../kit/define-figure.ts";
import {seeded} from "../kit/examples/invented.ts";
import type {YieldMonth} from "./draw.ts";

/** Two years of a school's array from November 2024: a string is out in the last two months, and most of March 2025 is not known. */
export function yieldMonths(of: (month: YieldMonth, index: number) => YieldMonth = month => month): YieldMonth[] {
  const chance = seeded(7);
  return Array.from({length: 24}, (_, index): YieldMonth => {
    const month = new Date(Date.UTC(2024, 10 + index, 1));
    const area = (76 + 62 * Math.cos(((month.getUTCMonth() - 5.5) / 6) * Math.PI)) * (0.85 + 0.3 * chance());
    const expected = area * 0.97;
    const share = (index >= 22 ? 0.64 : 1) * (0.96 + 0.08 * chance());
    return of(
      {
        ...{month, asset_id: "solar-westfold", site_name: "Westfold Primary School", capacity_kw: 40, area: "pes:16"},
        ...{days_at_zero: 0, kwh_per_kwp: expected * share, area_kwh_per_kwp: area, expected_kwh_per_kwp: expected},
        is_low: share < 0.9
      },
      index
    );
  });
}

const unknown = {kwh_per_kwp: null, area_kwh_per_kwp: null, expected_kwh_per_kwp: null, is_low: null};

export const examples: readonly Example<YieldMonth>[] = [
  {name: "solar-yield", rows: yieldMonths((month, index) => (index === 4 ? {...month, ...unknown} : month))},
  {
    name: "solar-yield-out",
    rows: yieldMonths((month, index) => (index >= 22 ? {...month, ...unknown, days_at_zero: 20} : month)),
    looks: [["light", 960]]
  },
  {
    name: "solar-yield-alone",
    rows: yieldMonths(month => ({
      ...month,
      area: null,
      area_kwh_per_kwp: null,
      expected_kwh_per_kwp: null,
      is_low: null
    })),
    looks: [["light", 960]]
  }
];
