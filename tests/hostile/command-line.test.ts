import {spawnSync} from "node:child_process";
import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {flat, portalFile} from "../support/supplier-files.ts";
import {canopyLine} from "./command-line.ts";

const [mpan] = mpans;
const day = (kwh: number | string) => portalFile("02/10/26 07:00", [{mpan, date: "2026-09-01", cells: flat(kwh)}]);

async function brought({isBuilt = false} = {}): Promise<{folder: string; file: string}> {
  const folder = await makeDataFolder();
  const file = join(folder, "good.csv");
  await writeFile(file, day(1));
  await canopyLine(["ingest", "--file", file], folder);
  if (isBuilt) await canopyLine(["build"], folder);
  return {folder, file};
}

test("what is mistyped is answered with the nearest there is, and code 2", async () => {
  const {folder, file} = await brought();
  const mistyped: [string[], string][] = [
    [["inget"], "ingest"],
    [["ingest", "--fle", file], "--file"],
    [["ingest", "estate-enrgy"], "estate-energy"],
    [["ingest", "__proto__"], "estate-energy"],
    [["ingest", "--file", file, "--layout", "stark-portl"], "stark-portal"],
    [["layouts", "stark-portl"], "stark-portal"],
    [["layouts", "constructor"], "entrust"],
    [["run", "estate-enregy"], "estate-energy"],
    [["run", "x".repeat(5000)], "estate-energy"],
    [["query", "select 1", "--format", "xml"], "json"]
  ];
  for (const [argv, nearest] of mistyped) {
    const {code, error} = await canopyLine(argv, argv[0] === "inget" ? null : folder);
    expect({argv, code, error}).toEqual({argv, code: 2, error: expect.stringContaining(nearest)});
  }
});

test("what is used wrongly says how, and code 2", async () => {
  const {folder} = await brought({isBuilt: true});
  const wrong: [string[], string][] = [
    [["withdraw", "1"], "--why"],
    [["withdraw", "--why", "x"], "load"],
    [["withdraw", "abc", "--why", "x"], "abc"],
    [["withdraw", "1;drop", "--why", "x"], "1;drop"],
    [["loads", "abc"], "abc"],
    [["loads", "1e3"], "1e3"],
    [["loads", "99999999999999999999"], "999"],
    [["query"], "sql"],
    [["ingest", "--layout", "stark-portal"], "--file"],
    [["ingest", "--meter-point", "x"], "--file"]
  ];
  for (const [argv, said] of wrong) {
    const {code, error} = await canopyLine(argv, folder);
    expect({argv, code, error}).toEqual({argv, code: 2, error: expect.stringContaining(said)});
  }
});

test("what cannot be done says why, and code 1", async () => {
  const {folder, file} = await brought({isBuilt: true});
  const failing: [string[], string][] = [
    [["withdraw", "999", "--why", "x"], "999"],
    [["withdraw", "1", "--undo", "--why", "x"], "not withdrawn"],
    [["loads", "999"], "999"],
    [["ingest", "--file", join(folder, "nowhere.csv")], "no such file"],
    [["ingest", "--file", folder], "not a file"],
    [["ingest", "--file", "/dev/zero"], "not a file"],
    [["ingest", "--file", file, join(folder, "nowhere.csv")], "no such file"],
    [["init", folder], "already"]
  ];
  for (const [argv, said] of failing) {
    const {code, error} = await canopyLine(argv, argv[0] === "init" ? null : folder);
    expect({argv, code, error}).toEqual({argv, code: 1, error: expect.stringContaining(said)});
  }
});

test("a data folder that is not there, or holds no council, or nothing built, says what to do", async () => {
  const folder = await makeDataFolder();
  for (const command of ["status", "check", "publish", "loads"])
    expect(await canopyLine([command], folder)).toMatchObject({code: 1, error: expect.stringContaining("canopy run")});
  for (const argv of [
    ["status"],
    ["run"],
    ["ingest"],
    ["build"],
    ["query", "select 1"],
    ["withdraw", "1", "--why", "x"]
  ])
    expect(await canopyLine(argv, join(folder, "nowhere"))).toMatchObject({
      code: 1,
      error: expect.stringContaining("canopy init")
    });
  await writeFile(join(folder, "council", "council.json"), '{"name":"","as_of":"2026-02-31"}');
  expect(await canopyLine(["status"], folder)).toMatchObject({code: 1, error: expect.stringContaining("council.json")});
});

test("a refused file, and one of which nothing lands, is code 1 by hand; a rejected row is not", async () => {
  const {folder} = await brought();
  const file = join(folder, "next.csv");
  await writeFile(file, "<html>");
  expect(await canopyLine(["ingest", "--file", file], folder)).toMatchObject({
    code: 1,
    printed: expect.stringMatching(/^refused next\.csv: /)
  });
  await writeFile(file, day("x"));
  expect(await canopyLine(["ingest", "--file", file], folder)).toMatchObject({code: 1});
  const [header, row] = [day("x"), portalFile("02/10/26 07:00", [{mpan, date: "2026-09-02", cells: flat(1)}])];
  await writeFile(file, `${header}${row.split("\n").slice(-2).join("\n")}`);
  expect(await canopyLine(["ingest", "--file", file], folder)).toMatchObject({code: 0});
});

test("a load withdrawn twice, or put back twice, says so", async () => {
  const {folder} = await brought();
  const at = (minute: number, ...argv: string[]) => canopyLine(argv, folder, `2026-11-03T13:${minute}:00Z`);
  expect(await at(10, "withdraw", "1", "--why", "wrong")).toMatchObject({code: 0});
  expect(await at(11, "withdraw", "1", "--why", "again")).toMatchObject({
    code: 1,
    error: expect.stringContaining("wrong")
  });
  expect(await at(12, "withdraw", "1", "--why", "right", "--undo")).toMatchObject({code: 0});
  expect(await at(13, "withdraw", "1", "--why", "right", "--undo")).toMatchObject({code: 1});
});

test("a decision holds even where the clock has gone back since the one before", async () => {
  const {folder} = await brought();
  await canopyLine(["withdraw", "1", "--why", "wrong"], folder, "2026-11-03T14:00:00Z");
  await canopyLine(["withdraw", "1", "--why", "right", "--undo"], folder, "2026-11-03T13:00:00Z");
  await canopyLine(["build"], folder, "2026-11-03T13:10:00Z");
  const {printed} = await canopyLine(
    ["query", "--format", "csv", "select withdrawn_because is null as stands from marts.loads"],
    folder
  );
  expect(printed).toBe("stands\r\ntrue");
});

test("a withdrawal needs words", async () => {
  const {folder} = await brought();
  expect((await canopyLine(["withdraw", "1", "--why", " "], folder)).code).toBe(2);
});
test("a meter point needs a name", async () => {
  const {folder, file} = await brought();
  expect((await canopyLine(["ingest", "--file", file, "--meter-point", ""], folder)).code).toBe(2);
});

test("a load that is no number is code 2 even before anything is built", async () => {
  expect((await canopyLine(["loads", "abc"], await makeDataFolder())).code).toBe(2);
});

test("run as a program, its code is the process's and no stack is shown", async () => {
  const folder = await makeDataFolder();
  const cli = new URL("../../src/cli.ts", import.meta.url).pathname;
  const {status, stderr, stdout} = spawnSync(process.execPath, ["--import", "tsx", cli, "loads", "--data", folder], {
    encoding: "utf8",
    cwd: new URL("../..", import.meta.url).pathname
  });
  expect({status, stdout}).toEqual({status: 1, stdout: ""});
  expect(stderr).toMatch(/^canopy: nothing has been built/m);
  expect(stderr).not.toMatch(/^\s+at /m);
});
