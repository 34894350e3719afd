import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {readReferences} from "../../src/reference/references.ts";
import {openDatabase} from "../../src/warehouse/connection.ts";
import {loadMacros} from "../../src/warehouse/warehouse.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {billFile, frameworkFile} from "./meter-files.ts";

test("TM46: typical kg CO₂ a square metre of each category, and a school that uses 40 and 150 kWh is at 100 (T28)", async () => {
  const c = new Canopy(await makeDataFolder([{id: mpans[0]}, {id: "9100000001", energy: "gas"}]));
  await writeFile(
    join(c.folder, "council", "sites.csv"),
    "site_id,name,kind,floor_area_m2,opens_at,closes_at,open_days\ntown-hall,Town School,primary-school,1000,,,\n"
  );
  // 40,000 kWh of electricity and 150,000 kWh of gas for 1,000 m², in the 365 days to 31 October 2026.
  const bill = (meter: string, from: string, to: string, kwh: number) =>
    ["A1", "School", meter, `${meter}-${from}`, "01/11/2026", from, to, "A", kwh, 0, 0, 1, 0.2, 1.2].join();
  await c.bring(
    "bills.csv",
    frameworkFile([
      bill(mpans[0], "01/11/2025", "31/10/2026", 40_000),
      bill("9100000001", "01/11/2025", "31/10/2026", 150_000)
    ])
  );
  expect(
    await c.ask(
      "select category, round(electricity_kwh_per_m2, 6) as e, round(gas_kwh_per_m2, 6) as g, round(tm46_rating, 1) as rating from marts.site_ratings"
    )
  ).toEqual([{category: "Schools and seasonal public buildings", e: 40, g: 150, rating: 100}]);
  const typical = async (kind: string) => {
    await writeFile(
      join(c.folder, "council", "sites.csv"),
      `site_id,name,kind,floor_area_m2,opens_at,closes_at,open_days\ntown-hall,Town Place,${kind},1000,,,\n`
    );
    const [row] = await c.ask<{rating: number}>("select tm46_rating as rating from marts.site_ratings");
    return (22.0 + 28.5) / ((row?.rating ?? Number.NaN) / 100);
  };
  // The published kg CO₂/m²: 75.1, 76.5, 349.5, 31.0.
  expect(Math.abs((await typical("office")) - 75.1)).toBeLessThan(0.1);
  expect(Math.abs((await typical("library")) - 76.5)).toBeLessThan(0.1);
  expect(Math.abs((await typical("leisure-centre")) - 349.5)).toBeLessThan(0.1);
  expect(Math.abs((await typical("community-centre")) - 31.0)).toBeLessThan(0.1);
});

test("a school that is read for 41% of its days has no rating, nor one that opened in the year", async () => {
  const day = (from: number) => new Date(Date.UTC(2026, 9, 31 - from)).toISOString().slice(0, 10);
  const rating = async (from: string) => {
    const c = new Canopy(await makeDataFolder([{id: mpans[0], from}]));
    await c.bring("bills.csv", billFile([{mpan: mpans[0], invoice: "1", from: day(149), to: day(0), kwh: 39_000}]));
    return c.ask("select tm46_rating as rating, round(read_share, 2) as read from marts.site_ratings");
  };
  expect(await rating("2020-04-01")).toEqual([{rating: null, read: 0.41}]);
  expect(await rating(day(149))).toEqual([{rating: null, read: 1}]);
});

test("gas units: 11.0999 kWh a cubic metre at 39.075 MJ, 0.284 at 1, 11.22063 at 39.5, 31.7733 a hundred cubic feet (T24)", async () => {
  const {units, gasConversions} = await readReferences();
  const database = await openDatabase(":memory:", {folders: []});
  const connection = await database.connect();
  await loadMacros(connection);
  const kwhOf = async (cv: number, name: string) => {
    const unit = units.find(each => each.unit === name);
    const {kwh} = await connection.row<{kwh: number}>(
      "select kwh_per_unit($1, $2::double, $3::double, $4::double) as kwh",
      [unit?.measures ?? null, unit?.amount ?? null, gasConversions[0]?.volume_correction ?? null, cv]
    );
    return kwh;
  };
  expect(await kwhOf(39.075, "m3")).toBeCloseTo(11.0999, 4);
  expect(await kwhOf(1, "m3")).toBeCloseTo(0.284, 3);
  expect(await kwhOf(39.5, "m3")).toBeCloseTo(11.22063, 5);
  expect(await kwhOf(39.5, "hcf")).toBeCloseTo(31.7733, 4);
});
