import type {RowOf} from "../../council/columns.ts";
import {type Lined, rowsOf} from "../../council/register.ts";
import {CheckError} from "../../errors.ts";
import {boroughEmissions, boroughReleases} from "./borough-registers.ts";
import {checkTotals} from "./borough-totals.ts";

/** A published figure of one area, year, sector and subsector, in one release of one statistic. */
export type BoroughEmissions = RowOf<typeof boroughEmissions.columns>;

/** One release of one statistic: what it measures, and why it is not the measure of the target. */
export type BoroughRelease = RowOf<typeof boroughReleases.columns>;

/** The two reference tables of the borough's emissions. */
export interface Borough {
  readonly emissions: readonly BoroughEmissions[];
  readonly releases: readonly BoroughRelease[];
}

const emissionsFile = boroughEmissions.file;
const releasesFile = boroughReleases.file;

/**
 * Reads the texts of `borough-emissions.csv` and `borough-releases.csv`. Their figures are national statistics of UK local authorities,
 * in kilotonnes; each row names where it was copied from.
 *
 * Beyond their registers the tables are held to this: both have rows; every figure is of a release that is described, with that release's
 * publication date and gases; an area code has one name; parts sum to their totals. What breaks a rule is a CheckError that names file, row, column
 * and value. Nothing is filled in: a year or sector that was not published has no row.
 */
export function readBorough(emissionsText: string, releasesText: string): Borough {
  const [emissions, releases] = [
    rowsOf(boroughEmissions, emissionsText, emissionsFile),
    rowsOf(boroughReleases, releasesText, releasesFile)
  ];
  if (emissions.length === 0) throw new CheckError(`${emissionsFile}: no rows`);
  if (releases.length === 0) throw new CheckError(`${releasesFile}: no rows`);
  checkReleases(emissions, releases);
  checkNames(emissions);
  checkTotals(emissions, emissionsFile);
  return {emissions, releases};
}

const releaseKey = ({statistic, release}: {statistic: string; release: string}) => `${statistic} ${release}`;

function checkReleases(
  emissions: readonly Lined<BoroughEmissions>[],
  releases: readonly Lined<BoroughRelease>[]
): void {
  const known = new Map(releases.map(row => [releaseKey(row), row]));
  for (const row of emissions) {
    const problem = problemWith(row, known.get(releaseKey(row)));
    if (problem !== null) throw new CheckError(`${emissionsFile}, row ${row.fileRow}, ${problem}`);
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

function checkNames(emissions: readonly Lined<BoroughEmissions>[]): void {
  const names = new Map<string, string>();
  for (const row of emissions) {
    const name = names.get(row.area_code) ?? row.area_name;
    if (name !== row.area_name)
      throw new CheckError(
        `${emissionsFile}, row ${row.fileRow}, area_name: ${row.area_name}: ${row.area_code} is ${name}`
      );
    names.set(row.area_code, name);
  }
}
