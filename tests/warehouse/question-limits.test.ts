import {mkdir, readdir, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {answer} from "../../src/commands/query/answer.ts";
import {openDatabase} from "../../src/warehouse/connection.ts";
import {startCanopy} from "../durability/command.ts";
import {makeDataFolder} from "../support/data-folder.ts";

/** Ten million million pairs: days of work. */
const endless = "select sum(a.range * b.range) as s from range(10000000) a, range(1000000) b";

async function publishedFolder(): Promise<string> {
  const folder = await makeDataFolder();
  await mkdir(join(folder, "warehouse"), {recursive: true});
  const database = await openDatabase(join(folder, "warehouse", "published.duckdb"), {folders: []});
  const connection = await database.connect();
  await connection.script("create schema marts; create table marts.loads as select range as load_id from range(3)");
  connection.close();
  database.close();
  return folder;
}

/** What is in the warehouse's folder besides the marts. */
const besides = async (folder: string) =>
  (await readdir(join(folder, "warehouse"))).filter(name => !name.startsWith("published"));

test("a question that takes too long is ended, says so, and leaves nothing behind", async () => {
  const folder = await publishedFolder();
  await expect(answer(folder, endless, "table", {seconds: 1})).rejects.toThrow(
    "not answered within 1 second: ask for less, or give it longer with --seconds"
  );
  expect(await besides(folder)).toEqual([]);
});

test("a question that nobody waits for any more is ended", async () => {
  const folder = await publishedFolder();
  const stop = new AbortController();
  const asked = answer(folder, endless, "table", {stop: stop.signal});
  setTimeout(() => stop.abort(), 200);
  await expect(asked).rejects.toThrow("stopped before it was answered");
});

test("an answer of more rows than can be printed is refused before it is all in memory", async () => {
  const folder = await publishedFolder();
  await expect(answer(folder, "from range(100000000000)", "csv")).rejects.toThrow(
    'the answer has more than 1,000,000 rows: ask for fewer, with "where" or "limit"'
  );
});

test("a question that needs more memory and disk than it may is refused in words", async () => {
  const folder = await publishedFolder();
  // One list of a hundred million texts cannot be put on the disk in parts.
  await expect(
    answer(folder, "select len(list(md5(range::varchar))) as n from range(100000000)", "csv")
  ).rejects.toThrow("the answer needs more than 1,000 MB of memory and 4,000 MB of disk: ask for less at once");
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s ends a question at once, by the signal, with nothing left behind",
  async signal => {
    const folder = await publishedFolder();
    const asking = startCanopy("query", endless, "--data", folder);
    while ((await besides(folder)).length === 0) await new Promise(resolve => setTimeout(resolve, 50));
    await new Promise(resolve => setTimeout(resolve, 300));
    asking.send(signal);
    expect((await asking.ended).signal).toBe(signal);
    expect(await besides(folder)).toEqual([]);
  }
);

test("a number of seconds that is none is refused", async () => {
  const folder = await publishedFolder();
  const {code, err} = await startCanopy("query", "select 1", "--seconds", "soon", "--data", folder).ended;
  expect([code, err.trim()]).toEqual([2, "canopy: not a number of seconds from 1 to 86400: soon"]);
});

test("folders of questions that were cut off are removed by the next writer, those of running ones are not", async () => {
  const folder = await publishedFolder();
  const {sweepWarehouse, workPrefix} = await import("../../src/warehouse/sweep.ts");
  const [home, scratch] = [join(folder, "warehouse"), join(folder, "warehouse", "scratch")];
  // No process has this number: it is above the largest that Linux gives.
  const dead = 4_194_305;
  const [alive, stray] = [`${workPrefix("query")}abcdef`, `query-${dead}-abcdef`];
  await mkdir(scratch);
  for (const name of [alive, stray]) await mkdir(join(home, name));
  const files = [`publication.json.${dead}.tmp`, "published.duckdb.tmp", "notes.tmp", "published.duckdb"];
  for (const name of files.slice(0, 3)) await writeFile(join(home, name), "");
  for (const name of ["numbered.csv", "part", "duckdb_temp_storage_DEFAULT-0.tmp", "mine.csv"])
    await writeFile(join(scratch, name), "");
  await sweepWarehouse({folder: home, scratch});
  expect((await readdir(home)).sort()).toEqual(["notes.tmp", "published.duckdb", alive, "scratch"].sort());
  expect(await readdir(scratch)).toEqual(["mine.csv"]);
  await rm(join(home, alive), {recursive: true});
});
