import {mkdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {firstChange, runCanopy, startCanopy, wait} from "../durability/command.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {type Drawing, fuelFile} from "../support/fuel-files.ts";

const count = 12_000;
const drawings = (from: number): Drawing[] =>
  Array.from({length: count}, (_, index) => ({
    id: String(from + index),
    at: `2026-0${1 + (index % 6)}-1${index % 10} 07:41:12`,
    registration: `QZ${index % 97}ABC`,
    product: "018",
    litres: (index % 5000) / 100 + 1
  }));

/** Each load is whole or not there, and every drawing belongs to one. */
async function expectWhole(c: Canopy): Promise<number> {
  const loads = await c.live<{outcome: string; rows: number; held: number}>(
    `select outcome, transactions::integer as rows, (select count(*) from raw.fuel_transactions t where t.load_id = l.load_id)::integer as held
     from ops.loads l`
  );
  for (const load of loads) expect(load).toEqual({outcome: "landed", rows: count, held: count});
  expect(await c.live("select load_id from raw.fuel_transactions anti join ops.loads using (load_id) limit 1")).toEqual(
    []
  );
  return loads.length;
}

test("killed in the middle of landing fuel files, nothing is half landed; the next run lands each once", async () => {
  const folder = await makeDataFolder();
  const c = new Canopy(folder);
  const inbox = join(folder, "inbox", "fleet-fuel");
  await mkdir(inbox, {recursive: true});
  await c.live("select 1");
  const files = [1, 2, 3];
  for (const file of files)
    await writeFile(join(inbox, `${file}.E01`), fuelFile(drawings(file * 1_000_000), `2026-07-0${file} 02:00:00`));
  let killed = 0;
  for (const delay of [60, 300, 600]) {
    const log = firstChange(join(folder, "warehouse"), /\.wal$/);
    const running = startCanopy("ingest", "fleet-fuel", "--data", folder);
    await Promise.race([log.seen, running.ended]);
    await Promise.race([wait(delay), running.ended]);
    running.send("SIGKILL");
    log.stop();
    killed += (await running.ended).signal === "SIGKILL" ? 1 : 0;
    await expectWhole(c);
  }
  expect(killed).toBeGreaterThan(0);
  for (const _ of ["to the end", "once more"]) {
    const {code, err} = await runCanopy("ingest", "fleet-fuel", "--data", folder);
    expect(code, err).toBe(0);
    expect(await expectWhole(c)).toBe(files.length);
  }
  expect(
    await c.live(
      "select count(*)::integer as n, count(distinct transaction_id)::integer as ids from raw.fuel_transactions"
    )
  ).toEqual([{n: 3 * count, ids: 3 * count}]);
});
