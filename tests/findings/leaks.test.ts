import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {datesBetween} from "../../src/illustrative/calendar.ts";
import {type Counts, defineProof, readProved} from "../prove/proof.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {habits, inventWater, portalHead, portalRows, type WaterSite} from "./water-series.ts";

/**
 * Leaks planted into invented series of water, among sites that draw water at night by their nature, on some nights, or in a season. A leak counts that has run for a
 * fortnight and is above what canopy calls worth a visit and what its logger can show: two pulses of every half-hour. Nothing was set by parts 21 to 30.
 */
const isWhole = process.env.CANOPY_PROVE === "leaks";
const isHeldOut = (part: number) => part > 20;

async function councilOf(sites: readonly WaterSite[], seed: number, asOf: string): Promise<Canopy> {
  const c = new Canopy(await makeDataFolder([], asOf));
  const columns = "site_id,name,kind,floor_area_m2,opens_at,closes_at,open_days";
  await writeFile(
    join(c.folder, "council", "sites.csv"),
    [columns, ...sites.map(({siteId, kind}) => `${siteId},${siteId},${kind},,,,`), ""].join("\n")
  );
  await writeFile(
    join(c.folder, "council", "meter-points.csv"),
    [
      "meter_point_id,site_id,energy,known_as,valid_from,valid_to",
      ...sites.map(({siteId}) => `${siteId},${siteId},water,,,`),
      ""
    ].join("\n")
  );
  await c.bring("water.csv", [portalHead, ...sites.flatMap(site => portalRows(seed, site, asOf)), ""].join("\n"));
  return c;
}

const isCounted = ({leak, pulseLitres, habit, history, kind}: WaterSite, asOf: string) =>
  leak !== null &&
  datesBetween(leak.from, asOf).length >= 14 &&
  leak.litresPerHour >= Math.max(40, 4 * pulseLitres) &&
  // Half as much again as a pool or a care home runs at anyway; on nights of washing a leak shows on weekends alone.
  (habit !== "pool that fills in summer" || leak.litresPerHour >= 110) &&
  (habit !== "shut for a season" || leak.litresPerHour >= 60) &&
  habit !== "washing on weeknights" &&
  (history > 60 || kind === "primary-school" || kind === "office");

interface Found {
  readonly site_id: string;
  readonly since: string;
  readonly measured: number;
}

defineProof("leaks", {
  parts: {small: 1, whole: 30},
  async prove(_, seed) {
    const {asOf, sites} = inventWater(seed);
    const c = await councilOf(sites, seed, asOf);
    const found = await c.ask<Found>(
      "select site_id, since::date::varchar as since, measured from marts.findings where kind = 'water at night' order by site_id"
    );
    const counts = new Map<string, number>();
    const add = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
    const missed: WaterSite[] = [];
    for (const site of sites) {
      const told = found.find(({site_id}) => site_id === site.siteId);
      add(`${site.habit}: sites`);
      if (site.leak === null && told !== undefined) add(`${site.habit}: false`);
      if (site.leak !== null && told !== undefined) {
        add(`${site.habit}: right`);
        const days = Math.abs(Date.parse(told.since) - Date.parse(site.leak.from)) / 86_400_000;
        add(days <= 7 ? "since, within a week" : "since, further off");
        add(
          told.measured / site.leak.litresPerHour > 0.6 && told.measured / site.leak.litresPerHour < 1.4
            ? "size, within two fifths"
            : "size, further off"
        );
      }
      if (!isCounted(site, asOf)) continue;
      add(`${site.habit}: counted`);
      if (told === undefined) missed.push(site);
      else add(`${site.habit}: found`);
    }
    if (!isWhole) {
      expect(found.filter(({site_id}) => sites.some(({siteId, leak}) => siteId === site_id && leak === null))).toEqual(
        []
      );
      expect(missed).toEqual([]);
      expect([...counts].filter(([name]) => name.endsWith(": found")).length).toBeGreaterThan(2);
    }
    return Object.fromEntries(counts);
  }
});

test.runIf(isWhole)("leaks: part by part together", () => {
  const proved = readProved("leaks");
  for (const [title, which] of [
    ["parts 1 to 20", (part: number) => !isHeldOut(part)],
    ["held out (parts 21 to 30)", isHeldOut]
  ] as const) {
    const {lines, precision, recall} = tableOf(proved.filter(({part}) => which(part)).map(({counts}) => counts));
    process.stdout.write(`\n${title}\n${lines.join("\n")}\n`);
    if (which !== isHeldOut) continue;
    expect(precision).toBeGreaterThanOrEqual(0.9);
    expect(recall).toBeGreaterThanOrEqual(0.9);
  }
});

function tableOf(counts: readonly Counts[]) {
  const of = (name: string) => counts.reduce((sum, each) => sum + (each[name] ?? 0), 0);
  const row = (cells: readonly (string | number)[]) =>
    cells.map((cell, column) => (column === 0 ? String(cell).padEnd(32) : String(cell).padStart(9))).join("");
  const sum = (what: string) => habits.reduce((total, habit) => total + of(`${habit}: ${what}`), 0);
  const names = ["sites", "counted", "found", "right", "false"];
  const precision = sum("right") / (sum("right") + sum("false"));
  const recall = sum("found") / sum("counted");
  return {
    precision,
    recall,
    lines: [
      row(["", ...names]),
      ...habits.map(habit => row([habit, ...names.map(name => of(`${habit}: ${name}`))])),
      `precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} of ${sum("counted")} leaks`,
      ...["since, within a week", "since, further off", "size, within two fifths", "size, further off"].map(
        name => `${name}: ${of(name)}`
      )
    ]
  };
}
