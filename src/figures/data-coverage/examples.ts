import type {DataCoverage} from "../../models/marts/data_coverage.ts";
import type {Example} from "../kit/define-figure.ts";
import {seeded, townHall, utc} from "../kit/examples/invented.ts";

/** Half-hours of one month of one meter: how many are missing and how many estimated, of 1440. */
export interface Month {
  readonly missing?: number;
  readonly estimated?: number;
  /** Of the missing, those of the hour that autumn repeats. */
  readonly repeated?: number;
}

/** Months of one meter from `first`, in order. */
export function coverage(meter: Partial<DataCoverage>, first: string, months: readonly Month[]): DataCoverage[] {
  return months.map(({missing = 0, estimated = 0, repeated = 0}, i) => ({
    ...townHall,
    meter_point_id: "2000012345678",
    month: new Date(Date.UTC(utc(first).getUTCFullYear(), utc(first).getUTCMonth() + i, 1)),
    expected_half_hours: 1440,
    present_half_hours: 1440 - missing,
    estimated_half_hours: estimated,
    missing_half_hours: missing,
    repeated_hour_half_hours: repeated,
    period_half_hours: 0,
    ...meter
  }));
}

/** Six meters of four sites: two with reads missing, one of them whole months, one with estimates, one younger than the rest. */
export function sixMeters(): DataCoverage[] {
  const year = (odd: Record<number, Month> = {}) => Array.from({length: 12}, (_, i) => odd[i] ?? {});
  const library = {site_id: "library", site_name: "Heald Green Library", meter_point_id: "2000012349999"};
  const baths = {site_id: "baths", site_name: "Grand Central Leisure Complex"};
  const depot = {site_id: "depot", site_name: "Bird Hall Lane Depot", meter_point_id: "2000012343333"};
  return [
    ...coverage({}, "2025-11-01", year({5: {missing: 300}, 6: {missing: 40, estimated: 90}})),
    ...coverage({meter_point_id: "9912345678", energy: "gas"}, "2025-11-01", year()),
    ...coverage(library, "2026-02-01", year({7: {estimated: 200}, 8: {estimated: 20}}).slice(0, 9)),
    ...coverage({...baths, meter_point_id: "2000012341111"}, "2025-11-01", year()),
    ...coverage({...baths, meter_point_id: "2000012342222"}, "2025-11-01", year()),
    ...coverage(depot, "2025-11-01", year({2: {missing: 1440}, 9: {missing: 1440}}))
  ];
}

/** A hundred meters of fifty schools over thirty months: the first 45 with ever fewer missing, five with estimates, fifty complete. */
export function manyMeters(): DataCoverage[] {
  const chance = seeded(3);
  return Array.from({length: 100}, (_, i) => {
    const school = {
      site_id: `school-${i >> 1}`,
      site_name: `${["Bramhall", "Cale Green", "Ladybridge"][i % 3]} School ${i >> 1}`
    };
    const meter = {
      ...school,
      meter_point_id: `${2_000_010_000_000 + i}`,
      energy: i % 2 ? "gas" : "electricity"
    } as const;
    const months = Array.from({length: 30}, (_, month) => oddMonth(i, month, chance()));
    return coverage(meter, "2024-05-01", months);
  }).flat();
}

function oddMonth(meter: number, month: number, chance: number): Month {
  if (meter < 45)
    return month === 6 + (meter % 24) || chance < 0.1 ? {missing: 1440 - meter * 32} : oftenEstimated(chance);
  return meter < 50 && month === 29 ? {estimated: 10} : {};
}

function oftenEstimated(chance: number): Month {
  return chance > 0.95 ? {estimated: 48} : {};
}

/** All that a handful of meters can show, and more meters than a picture has room for. */
export const examples: readonly Example<DataCoverage>[] = [
  {
    name: "data-coverage",
    rows: sixMeters(),
    looks: [
      ["light", 960],
      ["dark", 375]
    ]
  },
  {name: "data-coverage-many", rows: manyMeters(), looks: [["light", 960]]}
];
