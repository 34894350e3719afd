import {readFileSync} from "node:fs";
import {parseRegister} from "../../../domain/csv.ts";
import type {BoroughEmissions} from "../../../models/marts/borough_emissions.ts";

/** The published rows of one area, statistic and release, or without an area of them all, as the mart gives them. */
export function boroughRows(area: string | null, statistic: string, release: string): BoroughEmissions[] {
  const isOf = (cells: Cells) => cells.statistic === statistic && cells.release === release;
  const named = table("borough-releases").find(isOf) ?? {};
  return table("borough-emissions")
    .filter(cells => isOf(cells) && (area === null || cells.area_name === area) && cells.is_total === "true")
    .map(cells => rowOf(cells, named));
}

type Cells = Readonly<Record<string, string | null>>;

function rowOf({subsector: _, is_total: __, ...cells}: Cells, named: Cells): BoroughEmissions {
  const number = (text: string | null | undefined) => (text == null ? null : Number(text));
  return {
    ...(cells as unknown as BoroughEmissions),
    area_group: groups.get(cells.area_code ?? "") ?? null,
    year: Number(cells.year),
    statistic_name: named.name ?? "",
    boundary: named.boundary as BoroughEmissions["boundary"],
    gases: named.gases as BoroughEmissions["gases"],
    is_newest_release: true,
    is_all_sectors: cells.sector === "All sectors",
    emissions_kt_co2: number(cells.emissions_kt_co2),
    emissions_kt_co2e: number(cells.emissions_kt_co2e),
    is_measure_of_target: false,
    why_not_measure_of_target: named.why_not ?? ""
  };
}

const groups = new Map(table("area-groups").map(({area_code, area_group}) => [area_code, area_group]));

function table(name: string): Cells[] {
  const text = readFileSync(new URL(`../../../../data/reference/${name}.csv`, import.meta.url), "utf8");
  return parseRegister(text).map(({cells}) => cells);
}
