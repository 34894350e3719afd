import type {BoroughEmissions} from "../../models/marts/borough_emissions.ts";
import type {Example} from "../kit/define-figure.ts";
import {boroughRows} from "../kit/examples/borough-rows.ts";

/** The borough's sectors with land use beside them, which takes up what this many kt are. */
export function withLandUse(kt: number): BoroughEmissions[] {
  const rows = boroughRows("Stockport", "co2_within_influence", "2005-2020");
  const years = rows.filter(row => row.is_all_sectors);
  return [
    ...rows.map(row => (row.is_all_sectors ? {...row, emissions_kt_co2: (row.emissions_kt_co2 ?? 0) - kt} : row)),
    ...years.map(row => ({...row, sector: "LULUCF Net Emissions", is_all_sectors: false, emissions_kt_co2: -kt}))
  ];
}

export const examples: readonly Example<BoroughEmissions>[] = [
  {name: "borough-by-sector", rows: boroughRows("Stockport", "co2_within_influence", "2005-2020")},
  {name: "borough-land-use", rows: withLandUse(60)}
];
