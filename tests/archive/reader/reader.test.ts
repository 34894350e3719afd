import {spawn} from "node:child_process";
import {once} from "node:events";
import {mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {afterAll, beforeAll, expect, test} from "vitest";
import {askingOnce, makeReader, type OwnReader, usualLimits} from "../../../src/archive/reader/reader.ts";
import {codeOf, isFatal, isTooMuch} from "../../../src/errors.ts";
import {n, row, xlsxFile} from "../containers/xlsx-file.ts";
import {zipFile} from "../containers/zip-file.ts";

const hostile = new URL("./hostile-worker.ts", import.meta.url);
const book = xlsxFile({sheets: {Days: row(1, n(1), n(2)), More: row(1, n(3))}});

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "canopy-reader-"));
  await writeFile(join(folder, "book"), book);
  await writeFile(join(folder, "plain"), "Meter,Date\n");
});
afterAll(() => rm(folder, {recursive: true, force: true}));

const path = (name: string) => join(folder, name);
const opening = (reader: Pick<OwnReader, "parts">, fileName: string) =>
  reader.parts(path("book"), fileName).catch(error => error);

test("a workbook is opened in a process of its own, which is kept; plain text starts none", async () => {
  const reader = makeReader();
  expect(await reader.parts(path("plain"), "a.csv")).toBe(null);
  expect(reader.pid()).toBe(null);
  expect((await reader.parts(path("book"), "a.xlsx"))?.map(({fileName}) => fileName)).toEqual([
    "a.xlsx › Days",
    "a.xlsx › More"
  ]);
  const first = reader.pid();
  expect(first).not.toBe(process.pid);
  await reader.write(path("book"), "a.xlsx", "Days", path("out"));
  expect(await readFile(path("out"), "utf8")).toBe("1,2\n");
  expect(reader.pid()).toBe(first);
  await expect(reader.write(path("book"), "a.xlsx", "Absent", path("out"))).rejects.toThrow("holds no Absent");
  await expect(reader.parts(path("book"), "a.csv")).rejects.toThrow("is not what its name says");
  reader.close();
});

test("a file that takes its process with it is refused with what to do, and the next file is read", async () => {
  const reader = makeReader({worker: hostile, limits: {seconds: 60, megabytes: 80, residentMegabytes: 400}});
  const crashed = await opening(reader, "killed.xlsx");
  expect([codeOf(crashed), crashed.message]).toEqual([
    "crashed",
    "the process that opened it ended over it (SIGKILL): save each of its tables as CSV and bring those"
  ]);
  expect(await opening(reader, "good.xlsx")).toHaveLength(2);
  for (const name of ["heap.xlsx", "bytes.xlsx"]) {
    const large = await opening(reader, name);
    expect([codeOf(large), large.message], name).toEqual([
      "too large",
      "opening it needs more than 80 MB of memory: save each of its tables as CSV and bring those"
    ]);
  }
  expect(await opening(reader, "good.xlsx")).toHaveLength(2);
  const deep = await opening(reader, "deep.xlsx");
  expect([codeOf(deep), deep.message]).toEqual([
    "refused",
    "it is too large to be opened (Maximum call stack size exceeded)"
  ]);
  reader.close();
});

test("a workbook that is larger than memory is too large", async () => {
  // 10,000 rows of 50 numbers: half a million cells, which need about 50 MB until their sheet is CSV.
  const cells = (at: number) => Array.from({length: 50}, (_, cell) => n(at + cell / 10));
  const rows = Array.from({length: 10_000}, (_, at) => row(at + 1, ...cells(at)));
  await writeFile(path("large"), xlsxFile({sheets: {Days: rows.join("")}}));
  const reader = makeReader({limits: {...usualLimits, megabytes: 32}});
  const error = await reader.parts(path("large"), "large.xlsx").catch(thrown => thrown);
  expect([codeOf(error), error.message]).toEqual([
    "too large",
    "opening it needs more than 32 MB of memory: save each of its tables as CSV and bring those"
  ]);
  reader.close();
});

test("a file that never ends is left off when its time is up, whether its process is at work or waits", async () => {
  const reader = makeReader({worker: hostile, limits: {...usualLimits, seconds: 0.3}});
  for (const name of ["endless.xlsx", "waiting.xlsx"]) {
    const late = await opening(reader, name);
    expect([codeOf(late), isTooMuch(late), isFatal(late)], name).toEqual(["too large", true, false]);
    expect(late.message).toMatch(/^it could not be opened within /);
  }
  reader.close();
});

test("a process that was killed while nobody asked it is started anew, and questions are answered in turn", async () => {
  const reader = makeReader();
  await opening(reader, "good.xlsx");
  const first = reader.pid();
  process.kill(first ?? 0, "SIGKILL");
  const answers = await Promise.all(["b.xlsx", "c.xlsx"].map(name => opening(reader, name)));
  const isOver = (answer: unknown) => Array.isArray(answer) || codeOf(answer) === "crashed";
  expect(answers.every(isOver)).toBe(true);
  expect(await opening(reader, "d.xlsx")).toHaveLength(2);
  expect(reader.pid()).not.toBe(first);
  reader.close();
});

test("it has no network, no other program and nothing of our environment", async () => {
  process.env.CANOPY_TEST_SECRET = "a key";
  const reader = makeReader({worker: hostile});
  expect((await opening(reader, "calling.xlsx")).message).toContain("a reader has no network and starts no program");
  const names = (await opening(reader, "telling.xlsx")).message.replace("it cannot be read: ", "").split(",");
  delete process.env.CANOPY_TEST_SECRET;
  // Node itself speaks to its process by the first.
  expect(
    names.filter((name: string) => !["NODE_CHANNEL_FD", "NODE_CHANNEL_SERIALIZATION_MODE"].includes(name))
  ).toEqual(["TEMP", "TMP", "TMPDIR", "TZ"]);
  reader.close();
});

test("asked to stop, it is left off; a file that was too much is not asked of twice", async () => {
  const stop = new AbortController();
  const reader = makeReader({worker: hostile, graceMilliseconds: 50});
  const asked = opening(reader.until(stop.signal), "waiting.xlsx");
  const reason = new Error("asked to stop");
  stop.abort(reason);
  expect(await asked).toBe(reason);
  let times = 0;
  const single = askingOnce({
    write: reader.write,
    parts: (from, name) => {
      times += 1;
      return reader.parts(from, name);
    }
  });
  const errors = [await opening(single, "killed.xlsx"), await opening(single, "killed.xlsx")];
  expect([times, errors.map(codeOf)]).toEqual([1, ["crashed", "crashed"]]);
  reader.close();
});

test("a process that is at work without an end does not outlive the one that asked it", async () => {
  const asking = fileURLToPath(new URL("./asking.ts", import.meta.url));
  const parent = spawn(process.execPath, ["--import", "tsx", asking, path("book")], {
    stdio: ["ignore", "pipe", "inherit"]
  });
  const [said] = await once(parent.stdout, "data");
  const child = Number(String(said));
  process.kill(child, 0);
  parent.kill("SIGKILL");
  const isThere = () => {
    try {
      return process.kill(child, 0);
    } catch {
      return false;
    }
  };
  while (isThere()) await new Promise(resolve => setTimeout(resolve, 50));
});

test("where the process cannot be started at all, that is no fault of the file", async () => {
  const reader = makeReader({worker: new URL("./there-is-none.ts", import.meta.url)});
  const error = await opening(reader, "good.xlsx");
  expect([isFatal(error), isTooMuch(error)]).toEqual([true, false]);
  expect(error.message).toContain("could not be started");
});

test("bombs that the limits know are refused by it, with the limit in words", async () => {
  const reader = makeReader();
  // 300 MB of zeros pack to 300 kB: a thousand times, and 200 is the most.
  await writeFile(path("bomb"), zipFile([{name: "a.csv", data: Buffer.alloc(300 << 20)}]));
  await expect(reader.parts(path("bomb"), "bomb.zip")).rejects.toThrow("grows more than 200 times when unpacked");
  const laughs = `<!DOCTYPE l [<!ENTITY a "ha">${Array.from({length: 9}, (_, at) => `<!ENTITY a${at} "${`&a${at - 1};`.repeat(10)}">`).join("")}]>`;
  await writeFile(path("laughs"), xlsxFile({sheets: {A: row(1, n(1))}, prolog: laughs}));
  await expect(reader.parts(path("laughs"), "laughs.xlsx")).rejects.toThrow("declares entities of its own");
  reader.close();
});
