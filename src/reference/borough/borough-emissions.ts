import type {z} from "zod";
import {CheckError} from "../../errors.ts";
import {emissionsSchema, releaseSchema} from "./borough-schemas.ts";
import {checkTotals} from "./borough-totals.ts";
import {type CheckedRow, checkedRows} from "./checked-rows.ts";

/** A published figure of one area, year, sector and subsector, in one release of one statistic. */
export type BoroughEmissions = z.infer<typeof emissionsSchema>;

/** One release of one statistic: what it measures, and why it is not the measure of the target. */
export type BoroughRelease = z.infer<typeof releaseSchema>;

/** The two reference tables of the borough's emissions. */
export interface Borough {
  readonly emissions: readonly BoroughEmissions[];
  readonly releases: readonly BoroughRelease[];
}

const emissionsFile = "borough-emissions.csv";
const releasesFile = "borough-releases.csv";

/**
 * Reads the texts of `borough-emissions.csv` and `borough-releases.csv`. Their figures are national statistics of UK local authorities,
 * in kilotonnes; each row names where it was copied from.
 *
 * Beyond its cells the tables are held to this: no figure and no release stands twice; every figure is of a release that is described,
 * with that release's publication date and gases; an area code has one name; parts sum to their totals. What breaks a rule is a
 * CheckError that names file, row, column and value. Nothing is filled in: a year or sector that was not published has no row.
 */
export function readBorough(emissionsText: string, releasesText: string): Borough {
  const emissions = checkedRows(emissionsText, emissionsFile, emissionsSchema);
  const releases = checkedRows(releasesText, releasesFile, releaseSchema);
  checkOnce(releases, releasesFile, releaseKey);
  checkOnce(emissions, emissionsFile, emissionsKey);
  checkReleases(emissions, releases);
  checkNames(emissions);
  checkTotals(emissions, emissionsFile);
  return {emissions: emissions.map(({row}) => row), releases: releases.map(({row}) => row)};
}

const releaseKey = ({statistic, release}: {statistic: string; release: string}) => `${statistic} ${release}`;

const emissionsKey = (row: BoroughEmissions) =>
  [row.area_code, row.year, row.sector, row.subsector ?? "in total", row.statistic, row.release].join(", ");

function checkOnce<T>(rows: readonly CheckedRow<T>[], file: string, keyOf: (row: T) => string): void {
  const seen = new Set<string>();
  for (const {line, row} of rows) {
    const key = keyOf(row);
    if (seen.has(key)) throw new CheckError(`${file}, row ${line}: stands twice: ${key}`);
    seen.add(key);
  }
}

function checkReleases(
  emissions: readonly CheckedRow<BoroughEmissions>[],
  releases: readonly CheckedRow<BoroughRelease>[]
): void {
  const known = new Map(releases.map(({row}) => [releaseKey(row), row]));
  for (const {line, row} of emissions) {
    const problem = problemWith(row, known.get(releaseKey(row)));
    if (problem !== null) throw new CheckError(`${emissionsFile}, row ${line}, ${problem}`);
  }
}

function problemWith(row: BoroughEmissions, release: BoroughRelease | undefined): string | null {
  if (release === undefined) return `release: ${releaseKey(row)}: ${releasesFile} does not describe it`;
  if (row.published !== release.published)
    return `published: ${row.published ?? "(nothing)"}: ${releasesFile} has ${release.published ?? "nothing"}`;
  const [column, other] =
    release.gases === "CO2"
      ? (["emissions_kt_co2", "emissions_kt_co2e"] as const)
      : (["emissions_kt_co2e", "emissions_kt_co2"] as const);
  return row[column] === null ? `${other}: ${row[other]}: the gases of ${releaseKey(row)} are ${release.gases}` : null;
}

function checkNames(emissions: readonly CheckedRow<BoroughEmissions>[]): void {
  const names = new Map<string, string>();
  for (const {line, row} of emissions) {
    const name = names.get(row.area_code) ?? row.area_name;
    if (name !== row.area_name)
      throw new CheckError(`${emissionsFile}, row ${line}, area_name: ${row.area_name}: ${row.area_code} is ${name}`);
    names.set(row.area_code, name);
  }
}
