import {spawnSync} from "node:child_process";
import {readFile, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {expect, onTestFinished, test} from "vitest";
import {makeReader, type OwnReader, usualLimits} from "../../src/archive/reader/reader.ts";
import {main} from "../../src/cli.ts";
import {type IngestRequest, type IngestResult, ingest} from "../../src/ingest/ingest.ts";
import {readHealth} from "../../src/pipeline/health.ts";
import {ingestProblems} from "../../src/pipeline/run.ts";
import {openWarehouse} from "../../src/warehouse/warehouse.ts";
import {zipFile} from "../archive/containers/zip-file.ts";
import {fixedEffects} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {flat, portalFile} from "../support/supplier-files.ts";
import {startFromEmpty} from "../support/warehouse.ts";

const hostile = new URL("../archive/reader/hostile-worker.ts", import.meta.url);

const dayOf = (mpan: string) => portalFile("01/11/26 07:00", [{mpan, date: "2026-10-05", cells: flat(1.5)}]);

async function folderWith(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = await makeDataFolder(mpans.map(id => ({id})));
  await startFromEmpty(folder);
  for (const [name, bytes] of Object.entries(files))
    await writeFile(join(folder, "inbox", "estate-energy", name), bytes);
  return folder;
}

/** One run over the inbox, with a warehouse of its own opening, as each evening has. */
async function runOnce(
  folder: string,
  {reader, tryAgain = [], megabytes}: {reader?: OwnReader; tryAgain?: readonly number[]; megabytes?: number} = {}
): Promise<IngestResult> {
  const warehouse = await openWarehouse(folder, {megabytes});
  const request: IngestRequest = {
    ...{dataFolder: folder, feeds: ["estate-energy"], files: [], layout: null, meterPoint: null},
    ...{isReplay: false, tryAgain}
  };
  try {
    return await ingest(warehouse, request, 1, fixedEffects(), reader);
  } finally {
    await warehouse.close();
  }
}

const shown = ({loads}: IngestResult) => loads.map(({file_name, outcome}) => `${file_name} ${outcome}`);
const tries = ({tooMuch}: IngestResult) =>
  tooMuch.map(({file_name, times, isLeftOut}) => [file_name, times, isLeftOut]);

function hostileReader(seconds = usualLimits.seconds): OwnReader {
  const reader = makeReader({worker: hostile, limits: {...usualLimits, seconds}});
  onTestFinished(reader.close);
  return reader;
}

test("a file that takes its process with it is refused, the rest lands; after three runs it is left out; tried again once it can be read, it lands", async () => {
  const inner = [{name: "days.csv", data: dayOf(mpans[1])}];
  const folder = await folderWith({
    "a.csv": dayOf(mpans[0]),
    "killed.zip": zipFile(inner),
    "waiting.zip": zipFile([{name: "other.csv", data: dayOf(mpans[2])}]),
    "zip.zip": zipFile([{name: "good.csv", data: dayOf(mpans[3])}])
  });
  const reader = hostileReader(2);
  const first = await runOnce(folder, {reader});
  expect(shown(first)).toEqual([
    "a.csv landed",
    "killed.zip refused",
    "waiting.zip refused",
    "zip.zip › good.csv landed"
  ]);
  expect(first.loads.map(({reason}) => reason).filter(reason => reason !== null)).toEqual([
    "the process that opened it ended over it (SIGKILL): save each of its tables as CSV and bring those",
    "it could not be opened within 2 seconds: save each of its tables as CSV and bring those"
  ]);
  expect(tries(first)).toEqual([
    ["killed.zip", 1, false],
    ["waiting.zip", 1, false]
  ]);
  expect(ingestProblems(first)).toHaveLength(2);
  // The second and third run, of which the waiting one is no part: what it waits for costs its whole time.
  await writeFile(join(folder, "inbox", "estate-energy", "waiting.zip"), "");
  const mended = makeReader();
  onTestFinished(mended.close);
  const half: OwnReader = {
    ...mended,
    until: stop => ({
      ...mended.until(stop),
      parts: (path, name) => (name.startsWith("killed") ? reader : mended).parts(path, name)
    })
  };
  const second = await runOnce(folder, {reader: half});
  // The file that waited can be opened now: what it holds lands by itself, as of when it came.
  expect(shown(second)).toContain("waiting.zip › other.csv landed");
  expect(tries(second)).toEqual([["killed.zip", 2, false]]);
  const third = await runOnce(folder, {reader: half});
  expect(tries(third)).toEqual([["killed.zip", 3, true]]);

  const fourth = await runOnce(folder, {reader: half});
  expect([shown(fourth), tries(fourth), ingestProblems(fourth)]).toEqual([[], [["killed.zip", 3, true]], []]);
  // A warehouse that is made again leaves it out too, under the number that it has there.
  await rm(join(folder, "warehouse", "canopy.duckdb"));
  const anew = await runOnce(folder, {reader: half});
  expect(tries(anew)).toEqual([["killed.zip", 3, true]]);
  const {load_id: number = 0, reason} = anew.loads.find(({file_name}) => file_name === "killed.zip") ?? {};
  expect(reason).toBe(
    "it was tried 3 times: the process that opened it ended over it (SIGKILL): save each of its tables as CSV and bring those"
  );
  const [ailment] = (await readHealth(folder, null, fixedEffects())).filter(({of}) => of === "file");
  expect(ailment?.words).toBe("1 file failed 3 times while being read and is left out: nothing in it is counted");
  expect(ailment?.rows).toEqual([
    `left out after 3 tries: killed.zip: the process that opened it ended over it (SIGKILL): save each of its tables as CSV and bring those. To try it again: canopy ingest --try-again ${number}`
  ]);
  await expect(runOnce(folder, {reader: half, tryAgain: [number + 99]})).rejects.toThrow("is not left out");

  const again = await runOnce(folder, {reader: half, tryAgain: [number]});
  expect(tries(again)).toEqual([["killed.zip", 4, true]]);
  const lines = fixedEffects();
  const load = again.loads[0]?.load_id;
  expect(await main(["ingest", "--try-again", String(load), "--data", folder], lines)).toBe(0);
  expect(lines.printed.join("\n")).toContain("killed.zip › days.csv as ");
  expect((await readHealth(folder, null, fixedEffects())).filter(({of}) => of === "file")).toEqual([]);
});

test("a table that needs more memory than DuckDB may have is refused by itself, and lands when there is more", async () => {
  const day = (index: number) => new Date(Date.UTC(2010, 0, 1 + index)).toISOString().slice(0, 10);
  // 25,000 days of four meters: of each the half-hours come to 400 bytes.
  const rows = Array.from({length: 25_000}, (_, n) => ({
    mpan: mpans[n % 4] ?? "",
    date: day(n >> 2),
    cells: flat((n % 97) / 10)
  }));
  const folder = await folderWith({
    "a.csv": dayOf(mpans[0]),
    "large.csv": portalFile("01/11/26 07:00", rows),
    "z.csv": dayOf(mpans[1])
  });
  const small = await runOnce(folder, {megabytes: 60});
  expect(shown(small)).toEqual(["a.csv landed", "large.csv refused", "z.csv landed"]);
  expect(small.loads[1]?.reason).toBe(
    "reading it needs more memory than one file may have: ask the sender for a shorter time in each file"
  );
  expect(tries(small)).toEqual([["large.csv", 1, false]]);
  const usual = await runOnce(folder);
  expect([shown(usual), usual.loads[0]?.rows_read, tries(usual)]).toEqual([["large.csv landed"], 25_000, []]);
});

test("a file over which canopy itself dies is found, comes last, and is begun no more after three times", async () => {
  const folder = await folderWith({
    "a.csv": dayOf(mpans[0]),
    "killer.csv": dayOf(mpans[1]),
    "z.csv": dayOf(mpans[2])
  });
  const program = fileURLToPath(new URL("./killed-run.ts", import.meta.url));
  const noted = async () => JSON.parse(await readFile(join(folder, "warehouse", "tries.json"), "utf8"));
  const dieOnce = async () => {
    const {signal} = spawnSync(process.execPath, ["--import", "tsx", program, folder], {stdio: "inherit"});
    expect(signal).toBe("SIGKILL");
    const {in_hand, tried} = await noted();
    const counts = Object.values<{times: number}>(tried).map(({times}) => times);
    return [in_hand.map(({file_name}: {file_name: string}) => file_name), counts];
  };
  // The first death is of a group of three, of which none is known to be to blame.
  expect(await dieOnce()).toEqual([["a.csv", "killer.csv", "z.csv"], []]);
  expect(await dieOnce()).toEqual([["killer.csv"], []]);
  expect(await dieOnce()).toEqual([["killer.csv"], [1]]);
  // A third by itself, as it would be noted.
  const last = await noted();
  for (const each of Object.values<{times: number}>(last.tried)) each.times = 2;
  await writeFile(join(folder, "warehouse", "tries.json"), JSON.stringify(last));
  const after = await runOnce(folder);
  expect(tries(after)).toEqual([["killer.csv", 3, true]]);
  expect(after.loads.map(({file_name, reason}) => [file_name, reason])).toEqual([
    ["killer.csv", "it was tried 3 times: canopy itself ended while it was read"]
  ]);
  expect(after.known.map(({file, load}) => [file.split("/").at(-1), load?.outcome])).toEqual([
    ["a.csv", "landed"],
    ["killer.csv", "refused"],
    ["z.csv", "landed"]
  ]);
  const again = await runOnce(folder, {tryAgain: [after.loads[0]?.load_id ?? 0]});
  expect([shown(again), tries(again)]).toEqual([["killer.csv landed"], []]);
});
