import {readFile} from "node:fs/promises";
import {basename} from "node:path";
import {beforeAll, expect, test} from "vitest";
import {buildingLines} from "../../src/commands/building/building.ts";
import {readConfig} from "../../src/council/config.ts";
import {withPublished} from "../../src/warehouse/published.ts";
import {sharedEstate, type Written} from "./written.ts";

let estate: Written;
const ask = <T extends object>(sql: string) => withPublished(estate.home, connection => connection.rows<T>(sql));

beforeAll(async () => {
  estate = await sharedEstate();
});

/** Texts of the files whose names begin so. */
const filesOf = (start: string) =>
  Promise.all(estate.paths.filter(path => basename(path).startsWith(start)).map(path => readFile(path, "utf8")));

test("water of every month is what the loggers' files add up to, and every half-hour of it is read", async () => {
  const told = new Map<string, number>();
  for (const text of await filesOf("water-loggers-")) {
    let meter = "";
    for (const line of text.split("\r\n")) {
      const [record, date = "", , ...cells] = line.split(",");
      if (record === "CHN:<channelID>") meter = date;
      if (record !== "PCH:") continue;
      const key = `${meter} ${date.slice(6)}-${date.slice(3, 5)}`;
      // Litres, which are whole.
      const litres = cells.reduce((sum, cell) => sum + Math.round(1000 * Number(cell)), 0);
      told.set(key, (told.get(key) ?? 0) + litres);
    }
  }
  const held = await ask<{key: string; litres: number; days: number; whole: number; estimated: number}>(
    `select p.meter_point_id || ' ' || strftime(m.month, '%Y-%m') as key, round(1000 * m.m3)::integer as litres, m.days, m.whole_days as whole, m.estimated_m3 as estimated
     from marts.site_water_monthly m join marts.meter_points p using (site_id) where p.energy = 'water'`
  );
  // Six sites, from January 2024 to October 2026.
  expect(held).toHaveLength(6 * 34);
  expect(new Map(held.map(({key, litres}) => [key, litres]))).toEqual(told);
  expect(held.filter(({days, whole, estimated}) => days !== whole || estimated !== 0)).toEqual([]);
});

test("heat of all days is what its meter counted between its first and last read, and stands in no mart of energy", async () => {
  const reads = (await filesOf("heat-meter-")).flatMap(text => text.trim().split("\n").slice(1));
  const mwh = reads.map(line => Number(line.split(";")[2]));
  const [heat] = await ask<{kwh: number; days: number; first: string}>(
    "select sum(heat_kwh) as kwh, count(*)::integer as days, min(settlement_date)::date::varchar as first from marts.site_heat_daily"
  );
  expect(heat).toMatchObject({days: 1035, first: "2024-01-01"});
  expect(heat?.kwh).toBeCloseTo(1000 * ((mwh.at(-1) ?? 0) - (mwh[0] ?? 0)), 3);
  for (const mart of ["site_energy_daily", "energy_by_source", "data_coverage", "annual_emissions"])
    expect(JSON.stringify(await ask(`select * from marts.${mart} where site_id = 'depot-03'`)), mart).not.toMatch(
      /HEAT-0001|"heat"|"water"/
    );
});

test("the leak that nobody has mended is found, the mended one is not, nor are pools or a care home", async () => {
  const found = await ask(
    "select subject, since::date::varchar as since, measured, usual, confidence, t_co2e_a_year from marts.findings where energy in ('water', 'heat')"
  );
  // 85 litres an hour are told in steps of 10 in each half-hour: 80.
  expect(found).toEqual([
    {subject: "primary-school-03", since: "2026-08-14", measured: 80, usual: 0, confidence: "high", t_co2e_a_year: null}
  ]);
  const config = await readConfig(estate.home, new Date("2026-11-03T12:00:00Z"));
  const said = async (name: string) => (await buildingLines(config, name)).join("\n").replaceAll(/\s+/g, " ");
  expect(await said("osierholme")).toMatch(
    /Water: [\d,]+ m³ in the last year, £[\d,]+ with sewerage .* more than the year before.* 80 litres an hour; usually none.*water runs all night, since 14 Aug 2026, about 700 m³ and £[\d,]+ to £[\d,]+ with sewerage a year/
  );
  expect(await said("ivoryfen")).toMatch(/Water: .* 140 litres an hour; usually 140 litres an hour/);
  expect(await said("lowmallow")).toMatch(/Heat: \d+ MWh of heat in the last year, in no total of electricity or gas/);
});
