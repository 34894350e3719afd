import {execFile} from "node:child_process";
import {cp, mkdtemp, readdir, readFile, rm, stat} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {promisify} from "node:util";
import {tableFromIPC} from "apache-arrow";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import type {Truth} from "../src/illustrative/truth.ts";
import {withPublished} from "../src/models/build.ts";

const project = new URL("..", import.meta.url).pathname;
const folders: string[] = [];
const run = promisify(execFile);

/** Runs the command as a newcomer does: in a process of its own. */
async function canopy(...args: string[]): Promise<{stdout: string; stderr: string}> {
  return run(process.execPath, ["--import", "tsx", join(project, "src/cli.ts"), ...args], {cwd: project});
}

async function start(): Promise<{folder: string; stdout: string}> {
  const folder = await mkdtemp(join(tmpdir(), "canopy-start-"));
  folders.push(folder);
  await cp(join(project, "data", "council"), join(folder, "council"), {recursive: true});
  return {folder, stdout: (await canopy("run", "--data", folder)).stdout};
}

async function publishedFiles(folder: string): Promise<Map<string, Buffer>> {
  const root = join(folder, "published");
  const names = (await readdir(root, {recursive: true, withFileTypes: true}))
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(names.sort().map(async name => [name.slice(root.length + 1), await readFile(name)] as const))
  );
}

let first: Awaited<ReturnType<typeof start>>;
let second: Awaited<ReturnType<typeof start>>;

beforeAll(async () => {
  first = await start();
  second = await start();
});

afterAll(() => Promise.all(folders.map(folder => rm(folder, {recursive: true, force: true}))));

describe("npm start on the illustrative estate", () => {
  test("twice from nothing gives the same bytes: figures, CSV and Arrow", async () => {
    const [one, two] = [await publishedFiles(first.folder), await publishedFiles(second.folder)];
    expect([...one.keys()]).toEqual([...two.keys()]);
    expect([...one.keys()].filter(name => name.endsWith(".svg"))).toHaveLength(3);
    expect([...one.keys()].filter(name => name.endsWith(".arrow")).length).toBeGreaterThanOrEqual(4);
    for (const [name, bytes] of one) expect(two.get(name)?.equals(bytes), name).toBe(true);
  });

  test("a second start in the same folder changes nothing", async () => {
    const names = [...(await publishedFiles(first.folder)).keys()].map(name => join(first.folder, "published", name));
    const times = () =>
      Promise.all(
        [...names, join(first.folder, "warehouse", "published.duckdb")].map(async name => (await stat(name)).mtimeMs)
      );
    const before = await times();
    const {stdout} = await canopy("run", "--data", first.folder);
    expect(await times()).toEqual(before);
    expect(stdout).toContain("Nothing has changed since the last run.");
  });

  test("the summary says whose figures, what was read, what was not and why, and where the figures are", () => {
    for (const words of [
      "Illustrative Council (an illustrative estate: every reading is invented), to 31 October 2026",
      "65 new files; 1 known already",
      "1 cell",
      "settlement-leisure-centre-2025-11-to-2026-01.csv: row 34, cell: 10:00: #REF!",
      "1 meter not in meter-points.csv",
      "/published/figures"
    ])
      expect(first.stdout).toContain(words);
  });

  test("every month of every meter is the generator's truth: reads, estimates and, in the file's own unit, quantity", async () => {
    const truth = JSON.parse(await readFile(join(first.folder, ".truth", "illustrative.json"), "utf8")) as Truth;
    const held = await withPublished(first.folder, connection =>
      connection.rows<{key: string; kwh: number; present: number; estimated: number; expected: number}>(
        `select c.meter_point_id || ' ' || strftime(c.month, '%Y-%m') as key, sum(d.total_kwh::decimal(18, 4))::double as kwh,
           any_value(present_half_hours) as present, any_value(estimated_half_hours) as estimated, any_value(expected_half_hours) as expected
         from marts.data_coverage c
         join (select meter_point_id, date_trunc('month', settlement_date) as month, total_kwh from marts.meter_days) d on d.meter_point_id = c.meter_point_id and d.month = c.month
         group by 1`
      )
    );
    const byKey = new Map(held.map(row => [row.key, row]));
    const months = truth.meter_points.flatMap(({meter_point_id, unit, months: all}) =>
      all.map(month => ({meter_point_id, unit, ...month}))
    );
    expect(months).toHaveLength(6 * 24);
    for (const {
      meter_point_id,
      unit,
      month,
      quantity,
      present_half_hours,
      estimated_half_hours,
      expected_half_hours
    } of months) {
      const row = byKey.get(`${meter_point_id} ${month}`);
      expect(row, month).toMatchObject({
        present: present_half_hours,
        estimated: estimated_half_hours,
        expected: expected_half_hours
      });
      // A cubic metre is 1.02264 × 39.075 / 3.6 kWh; each of up to 31 days is rounded to 0.0001 kWh.
      const kwh = Number(quantity) * (unit === "m3" ? (1.02264 * 39.075) / 3.6 : 1);
      expect(Math.abs((row?.kwh ?? 0) - kwh)).toBeLessThan(unit === "m3" ? 0.0031 : 0.0001);
    }
  });

  test("every half-hour of the week in which the clocks go back is the truth's", async () => {
    const truth = JSON.parse(await readFile(join(first.folder, ".truth", "illustrative.json"), "utf8")) as Truth;
    const held = await withPublished(first.folder, connection =>
      connection.rows<{meter: string; date: string; kwh: number[]; present: bigint; estimated: bigint}>(
        `select meter_point_id as meter, settlement_date::date::varchar as date, kwh, present, estimated from marts.meter_days
         where settlement_date between '${truth.week.first_date}' and '${truth.week.last_date}'`
      )
    );
    const reads = held.flatMap(({meter, date, kwh, present, estimated}) =>
      kwh.flatMap((value, slot) =>
        ((present >> BigInt(slot)) & 1n) === 1n
          ? [
              [
                `${meter} ${date} ${slot + 1}`,
                {kwh: value, isEstimated: ((estimated >> BigInt(slot)) & 1n) === 1n}
              ] as const
            ]
          : []
      )
    );
    const byKey = new Map(reads);
    expect(byKey.size).toBe(truth.week.half_hours.length);
    for (const {meter_point_id, settlement_date, settlement_period, quantity, unit, read_status} of truth.week
      .half_hours) {
      const read = byKey.get(`${meter_point_id} ${settlement_date} ${settlement_period}`);
      expect(read?.kwh).toBeCloseTo(Number(quantity) * (unit === "m3" ? (1.02264 * 39.075) / 3.6 : 1), 8);
      expect(read?.isEstimated).toBe(read_status === "estimated");
    }
  });

  test("the picture in the README is the one that is published", async () => {
    const shown = await readFile(join(project, ".github", "carpet.svg"));
    expect(
      (await publishedFiles(first.folder)).get("figures/carpet-leisure-centre-electricity.svg")?.equals(shown)
    ).toBe(true);
  });

  test("CSV and Arrow hold the same rows, and every picture says that the estate is illustrative", async () => {
    const files = await publishedFiles(first.folder);
    const csv = (files.get("tables/site_energy_monthly.csv")?.toString() ?? "").trimEnd().split("\r\n");
    const arrow = tableFromIPC(files.get("tables/site_energy_monthly.arrow") ?? new Uint8Array());
    expect(arrow.numRows).toBe(csv.length - 1);
    expect(arrow.schema.fields.map(({name}) => name).join()).toBe(csv[0]);
    const kwh = arrow.toArray().reduce((sum: number, row: {consumption_kwh: number}) => sum + row.consumption_kwh, 0);
    const column = csv[0]?.split(",").indexOf("consumption_kwh") ?? -1;
    expect(kwh).toBeCloseTo(
      csv.slice(1).reduce((sum, line) => sum + Number(line.split(",")[column]), 0),
      3
    );
    for (const [name, bytes] of files)
      if (name.endsWith(".svg")) expect(bytes.toString(), name).toContain("Illustrative estate");
  });
});
