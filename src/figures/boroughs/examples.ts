import type {Example} from "../kit/define-figure.ts";
import {boroughRows} from "../kit/examples/borough-rows.ts";
import type {AreaYear} from "./draw.ts";

/** The published totals of all ten boroughs as the query gives them, up to and with a year; of each the last may be changed by a factor. */
export function tenBoroughs(own: string, to: number, lastTimes: Readonly<Record<string, number>> = {}): AreaYear[] {
  const totals = boroughRows(null, "co2_within_influence", "2005-2020").filter(
    row => row.is_all_sectors && row.year <= to
  );
  const kt = (row: (typeof totals)[number]) =>
    (row.emissions_kt_co2 ?? 0) * (row.year === to ? (lastTimes[row.area_name] ?? 1) : 1);
  return totals.map(row => {
    const first = totals.find(({area_code, year}) => area_code === row.area_code && year === 2005);
    return {
      ...picked(row),
      area_group: row.area_group ?? "",
      is_own: row.area_name === own,
      first_year: 2005,
      emissions_kt: kt(row),
      share_of_first: kt(row) / (first?.emissions_kt_co2 ?? 1)
    };
  });
}

function picked(row: ReturnType<typeof boroughRows>[number]) {
  const {area_code, area_name, year, statistic_name, gases, release, published, source, licence} = row;
  const {why_not_measure_of_target} = row;
  return {
    area_code,
    area_name,
    year,
    statistic_name,
    gases,
    release,
    published,
    source,
    licence,
    why_not_measure_of_target
  };
}

export const examples: readonly Example<AreaYear>[] = [
  {name: "boroughs", rows: tenBoroughs("Stockport", 2020)},
  {
    name: "boroughs-rise-in-a-fall",
    rows: tenBoroughs("Stockport", 2019, {Stockport: 1.2, Bury: 1.3}),
    looks: [
      ["light", 880],
      ["dark", 360]
    ]
  }
];
