import {addDays, datesBetween, type IsoDate} from "../../src/illustrative/calendar.ts";
import type {Canopy} from "../support/canopy.ts";
import {writeSettings} from "../support/registers.ts";
import {penceAKwh} from "./deliver.ts";
import {type Estate, kwhOfAYear, type PlantedSite, type ToldSite} from "./estate.ts";
import {accepted, DAYS_TO_FIND, type Fault, type FindingKind, isCounted} from "./faults.ts";

/** A finding of a build, without what is due. */
export interface Found {
  readonly finding_id: string;
  readonly kind: FindingKind;
  readonly site_id: string;
  readonly energy: string;
  readonly subject: string;
  readonly since: string;
  readonly detail: string | null;
  readonly gbp_a_year_low: number | null;
  readonly gbp_a_year_high: number | null;
}

/** What came of a fault. */
export interface Judged {
  readonly siteId: string;
  readonly fault: Fault;
  /** Whether it is large enough, and stood for long enough, that recall counts it; and whether it was found by then. */
  readonly isCounted: boolean;
  readonly isFound: boolean;
  /** Days from its first to that on which it was first found, where builds stand close enough to tell. */
  readonly delay: number | null;
}

export interface EstateJudged {
  readonly faults: readonly Judged[];
  /** Every finding once: those that tell of a fault, and those that do not. */
  readonly right: readonly Found[];
  readonly wrong: readonly Found[];
  /** What right findings of what a building takes, one a fault, say of a year, kWh, as of the last day on which they stood, and what a year of their fault takes. */
  readonly ranges: readonly Range[];
}

export interface Range {
  readonly kind: FindingKind;
  readonly fault: string;
  readonly low: number;
  readonly high: number;
  readonly truth: number;
}

export async function findingsAsOf(c: Canopy, asOf: IsoDate): Promise<Found[]> {
  await writeSettings(c.folder, {as_of: asOf});
  return c.ask<Found>(
    "select finding_id, kind, site_id, energy, subject, since::date::varchar as since, detail, gbp_a_year_low, gbp_a_year_high from marts.findings where kind <> 'due' order by finding_id"
  );
}

/** What a kWh costs in every estate. */
const poundsOf = (energy: string) => penceAKwh[energy === "gas" ? "gas" : "electricity"] / 100;

/** Whether a finding says what is wrong at a site. */
export function tells({fault, array, site}: PlantedSite, asOf: IsoDate, found: Found): boolean {
  if (fault === null || fault.from > asOf || found.site_id !== site.siteId) return false;
  const isOfEnergy = fault.energy === "generation" ? found.subject === array?.assetId : found.energy === fault.energy;
  return isOfEnergy && (accepted[fault.kind] as readonly string[]).includes(found.kind);
}

/** The last day on which a fault must have been found. */
const deadline = ({from}: Fault) => addDays(from, DAYS_TO_FIND - 1);

/**
 * The days as of which an estate is built: its last; for each fault the day by which it must have been found; and every third of the last nine weeks where
 * delays are to be told.
 */
export function daysToBuild({asOf, sites}: Estate, isDense: boolean): IsoDate[] {
  const deadlines = sites.flatMap(({fault}) => (fault === null ? [] : [deadline(fault)]));
  const dense = isDense ? datesBetween(addDays(asOf, -62), asOf).filter((_, index) => index % 3 === 0) : [];
  return [...new Set([asOf, ...dense, ...deadlines])].filter(date => date <= asOf).sort();
}

/** Judges the findings of an estate whose files have been taken in. */
export async function judge(
  c: Canopy,
  estate: Estate,
  told: ReadonlyMap<string, ToldSite>,
  isDense: boolean
): Promise<EstateJudged> {
  const builds: (readonly [IsoDate, readonly Found[]])[] = [];
  for (const date of daysToBuild(estate, isDense)) builds.push([date, await findingsAsOf(c, date)]);
  const [right, wrong] = [new Map<string, Found>(), new Map<string, Found>()];
  for (const [date, found] of builds)
    for (const each of found)
      (estate.sites.some(planted => tells(planted, date, each)) ? right : wrong).set(each.finding_id, each);
  const faults = estate.sites.flatMap(planted => {
    const {fault, site} = planted;
    const ofSite = told.get(site.siteId);
    if (fault === null || ofSite === undefined) return [];
    const until = deadline(fault);
    const first = builds.find(([date, found]) => found.some(each => tells(planted, date, each)))?.[0];
    const delay = first === undefined || !isDense ? null : datesBetween(fault.from, first).length;
    const isFound = builds.some(([date, found]) => date === until && found.some(each => tells(planted, date, each)));
    return [
      {
        ...{siteId: site.siteId, fault, delay, isFound},
        isCounted: until <= estate.asOf && isCounted(estate, planted, ofSite, until)
      }
    ];
  });
  // Of a fault of which two are said, by the larger: the other tells of a part of it.
  const largest = new Map<string, Found>();
  for (const each of right.values())
    if ((each.gbp_a_year_high ?? 0) >= (largest.get(each.site_id)?.gbp_a_year_high ?? 0))
      largest.set(each.site_id, each);
  const ranges = [...largest.values()].flatMap(
    ({kind, site_id, energy, gbp_a_year_low: low, gbp_a_year_high: high}) => {
      const planted = estate.sites.find(({site}) => site.siteId === site_id);
      const truth = planted === undefined ? null : kwhOfAYear(estate, planted);
      return truth === null || low === null || high === null
        ? []
        : [
            {kind, fault: planted?.fault?.kind ?? "", low: low / poundsOf(energy), high: high / poundsOf(energy), truth}
          ];
    }
  );
  return {faults, right: [...right.values()], wrong: [...wrong.values()], ranges};
}
