import {readFile} from "node:fs/promises";

const read = (name: string) => readFile(new URL(`../../../data/reference/${name}`, import.meta.url), "utf8");

export const emissionsText = await read("borough-emissions.csv");
export const releasesText = await read("borough-releases.csv");

/** A sector's subsectors, as the release of 2005-2020 names them. */
export const subsectors: Readonly<Record<string, readonly string[]>> = {
  Industry: ["Industry Electricity", "Industry Gas", "Large Industrial Installations", "Industrial Other Fuels"],
  Commercial: ["Commercial Electricity", "Commercial Gas", "Commercial Other Fuels"],
  "Public Sector": ["Public Sector Electricity", "Public Sector Gas", "Public Sector Other Fuels"],
  Domestic: ["Domestic Electricity", "Domestic Gas", "Domestic Other Fuels"],
  Transport: ["Road Transport (A roads)", "Road Transport (Minor roads)", "Transport Other"],
  Agriculture: ["Agriculture Electricity", "Agriculture", "Agriculture 'Other'"],
  "Waste Management": ["Waste Management Other"]
};

/** Sector and subsector of a column of that release, without its unit. */
export function placeOf(column: string): {sector: string; subsector: string | null} {
  if (column === "Total Emissions") return {sector: "All sectors", subsector: null};
  const [whole] = / Total$/.test(column) ? [column.replace(/ Total$/, "")] : [];
  if (whole !== undefined) return {sector: whole, subsector: null};
  const [sector] = Object.entries(subsectors).find(([, parts]) => parts.includes(column)) ?? [];
  if (sector === undefined) throw new Error(`a column of no sector: ${column}`);
  return {sector, subsector: column};
}
