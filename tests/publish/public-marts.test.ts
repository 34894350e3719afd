import {mkdir, mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {expect, onTestFinished, test} from "vitest";
import {withPublicMarts} from "../../src/publish/public/public-marts.ts";
import {openDatabase} from "../../src/warehouse/connection.ts";
import {warehousePaths} from "../../src/warehouse/warehouse.ts";

/** Published marts of a school and an office, with only the columns that matter here. */
async function published(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "canopy-public-"));
  onTestFinished(() => rm(folder, {recursive: true, force: true}));
  const {published: path} = warehousePaths(folder);
  await mkdir(dirname(path), {recursive: true});
  const database = await openDatabase(path, {folders: []});
  const connection = await database.connect();
  await connection.script(`
    create schema marts;
    create table main.build as select date '2026-10-31' as as_of;
    create table marts.meter_points as
      from (values ('1600000000010', 'oak'), ('160000/0020010', 'ash'), ('roof', 'ash')) t(meter_point_id, site_id);
    create table marts.meter_days as select meter_point_id, site_id, date '2026-10-31' as settlement_date from marts.meter_points;
    create table marts.held_meters as select '1600000030010' as meter_key;
    create table marts.doubts as
      select meter_point_id as meter_key, meter_point_id, [1.5, null]::double[] as picture, [true, false] as is_doubted_in_picture
      from marts.meter_points;
    create table marts.findings as
      select 'no-readings.' || meter_point_id as finding_id, site_id from marts.meter_points;`);
  connection.close();
  database.close();
  return folder;
}

test("pictures of days go with the days, of the buildings that are shown by months and of no other", async () => {
  const heldBack = {meterNumbers: false, monthsOnly: new Set(["oak"]), findings: false};
  const rows = await withPublicMarts(await published(), heldBack, async connection => ({
    doubts: await connection.rows(
      "select meter_point_id, len(picture)::integer as bars, len(is_doubted_in_picture)::integer as marks from marts.doubts order by 1"
    ),
    days: await connection.rows("select meter_point_id from marts.meter_days order by 1")
  }));
  expect(rows).toEqual({
    doubts: [
      {meter_point_id: "160000/0020010", bars: 2, marks: 2},
      {meter_point_id: "1600000000010", bars: 0, marks: 0},
      {meter_point_id: "roof", bars: 2, marks: 2}
    ],
    days: [{meter_point_id: "160000/0020010"}, {meter_point_id: "roof"}]
  });
});

test("a meter number is cut wherever it stands, each told from the others; a name of the council's own is not", async () => {
  const heldBack = {meterNumbers: true, monthsOnly: new Set<string>(), findings: false};
  const rows = await withPublicMarts(await published(), heldBack, connection =>
    connection.rows(
      "select finding_id from marts.findings union all select meter_key from marts.held_meters order by 1"
    )
  );
  // In the order of their numbers: 160000/0020010, 1600000000010, 1600000030010.
  expect(rows.map(row => Object.values(row)[0])).toEqual([
    "no-readings.roof",
    "no-readings.…0010",
    "no-readings.…0010 (2)",
    "…0010 (3)"
  ]);
});

test("findings that are held back are not there, and the mart is", async () => {
  const heldBack = {meterNumbers: false, monthsOnly: new Set<string>(), findings: true};
  const count = await withPublicMarts(await published(), heldBack, connection =>
    connection.row("select count(*)::integer as findings from marts.findings")
  );
  expect(count).toEqual({findings: 0});
});
