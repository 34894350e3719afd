import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import * as spreadsheet from "@e965/xlsx";
import {expect, test, vi} from "vitest";
import {main} from "../../src/cli.ts";
import {openDatabase} from "../../src/warehouse/connection.ts";
import {warehousePaths} from "../../src/warehouse/warehouse.ts";
import {fixedEffects} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {hasOffice, savedByOffice} from "../support/office.ts";

/** Runs a command line at noon of a day. */
async function line(folder: string, day: string, ...argv: string[]) {
  const effects = fixedEffects(`${day}T12:00:00Z`);
  const code = await main([...argv, "--data", folder], effects);
  return {code, text: effects.printed.join("\n")};
}

/** A council of which no reading has come, so that its one meter is a finding; and something that is due by 1 December 2026. */
async function council(asOf = "2026-10-31"): Promise<string> {
  const folder = await makeDataFolder([{id: mpans[0]}], asOf);
  await writeFile(
    join(folder, "council", "due-dates.csv"),
    "what,subject,site_id,due_on,done_on,owner_role,refrigerant,charge_kg\ncontract end,Gas contract,,2026-12-01,,Procurement,,\n"
  );
  await build(folder, asOf);
  return folder;
}

/** Builds again, the figures being of another day. */
async function build(folder: string, asOf: string): Promise<void> {
  const path = join(folder, "council", "council.json");
  const settings = JSON.parse(await readFile(path, "utf8"));
  await writeFile(path, JSON.stringify({...settings, as_of: asOf}));
  expect((await line(folder, "2026-11-03", "build")).code).toBe(0);
}

async function states(folder: string): Promise<Record<string, string>> {
  const {text} = await line(folder, "2026-11-03", "findings", "--all", "--format", "json");
  const found = JSON.parse(text) as {finding_id: string; state: string}[];
  return Object.fromEntries(found.map(({finding_id, state}) => [finding_id, state]));
}

const silent = `no-readings.${mpans[0]}`;
const due = "due.contract-end.gas-contract";
const decisions = (folder: string) => readFile(join(folder, "council", "finding-decisions.csv"), "utf8");

test("every decision is a row with when and whose it is, and a finding is as its last one says", async () => {
  const folder = await council();
  expect(await states(folder)).toEqual({[silent]: "open", [due]: "open"});
  const by = ["--by", "estates manager"];
  const acknowledged = await line(
    folder,
    "2026-11-03",
    "findings",
    "acknowledge",
    silent,
    ...by,
    "--why",
    "rang, the supplier"
  );
  expect(acknowledged.code).toBe(0);
  expect(acknowledged.text).toBe(
    "town hall: no readings come: is acknowledged from the next build. To build now: canopy run"
  );
  expect((await line(folder, "2026-11-04", "findings", "snooze", due, ...by, "--until", "2026-11-20")).code).toBe(0);
  expect(await decisions(folder)).toBe(
    [
      "decided_at,finding_id,decision,until,why,by_role",
      `2026-11-03T12:00:02.000Z,${silent},acknowledged,,"rang, the supplier",estates manager`,
      `2026-11-04T12:00:03.000Z,${due},snoozed,2026-11-20,,estates manager`,
      ""
    ].join("\n")
  );
  await build(folder, "2026-11-19");
  expect(await states(folder)).toEqual({[silent]: "acknowledged", [due]: "snoozed"});
  const shown = await line(folder, "2026-11-19", "findings");
  expect(shown.text).toContain("1 finding, ");
  expect(shown.text).toContain("acknowledged by estates manager on 3 Nov 2026: rang, the supplier");
  expect(shown.text).toContain("1 more are decided or not asked for: --all");
  await build(folder, "2026-11-21");
  expect((await states(folder))[due]).toBe("open");
  await line(folder, "2026-11-22", "findings", "reopen", silent, ...by);
  await build(folder, "2026-11-22");
  expect((await states(folder))[silent]).toBe("open");
});

test("what is said to be fixed is watched for two weeks and is back if it is still there; what is explained stays so", async () => {
  const folder = await council();
  const by = ["--by", "estates manager"];
  await line(folder, "2026-11-03", "findings", "fixed", silent, ...by);
  await line(folder, "2026-11-03", "findings", "explain", due, ...by, "--why", "it is being let anew");
  await build(folder, "2026-11-17");
  expect(await states(folder)).toEqual({[silent]: "watched", [due]: "explained"});
  await build(folder, "2026-11-18");
  expect(await states(folder)).toEqual({[silent]: "returned", [due]: "explained"});
});

test("a decision without a role, a reason or a day that it needs is refused, and so is a finding that is none", async () => {
  const folder = await council();
  expect((await line(folder, "2026-11-03", "findings", "fixed", silent)).code).toBe(2);
  expect((await line(folder, "2026-11-03", "findings", "fixed", silent, "--by", " ")).code).toBe(2);
  expect((await line(folder, "2026-11-03", "findings", "wrong", silent, "--by", "officer")).code).toBe(2);
  expect(
    (await line(folder, "2026-11-03", "findings", "snooze", silent, "--by", "officer", "--until", "2026-11-02")).code
  ).toBe(2);
  expect((await line(folder, "2026-11-03", "findings", "fixed", `${silent}x`, "--by", "officer")).code).toBe(2);
  await expect(decisions(folder)).rejects.toThrow();
});

/** The workbook of a folder's findings, and a hand that fills it in: cells by their place. */
async function exported(folder: string) {
  const file = join(folder, "findings.xlsx");
  const {text} = await line(folder, "2026-11-03", "findings", "export", file);
  const book = spreadsheet.read(await readFile(file), {type: "buffer"});
  const sheet = book.Sheets.findings as spreadsheet.WorkSheet;
  const fill = async (cells: Readonly<Record<string, string>>) => {
    for (const [place, value] of Object.entries(cells))
      spreadsheet.utils.sheet_add_aoa(sheet, [[value]], {origin: place});
    await writeFile(file, spreadsheet.write(book, {type: "buffer", bookType: "xlsx"}));
  };
  return {file, text, sheet, fill};
}

test("findings go into a workbook and come back: what was filled in holds, once", async () => {
  const folder = await council();
  const {file, text, sheet, fill} = await exported(folder);
  expect(text).toContain("2 findings written to ");
  const rows = spreadsheet.utils.sheet_to_json<string[]>(sheet, {header: 1});
  expect(rows.map(([finding, what, when]) => [finding, what, when])).toEqual([
    ["finding", "what", "when"],
    [due, "Gas contract: contract end", "due by 1 Dec 2026"],
    [silent, "town hall: no readings come", "ever"]
  ]);
  expect(rows[0]?.slice(-4)).toEqual(["state", "decision", "until", "why"]);
  await fill({M2: "Snooze", N2: "30/11/2026", M3: "explain", O3: "the building is empty"});
  const first = await line(folder, "2026-11-05", "findings", "apply", file, "--by", "estates manager");
  expect(first).toEqual({
    code: 0,
    text: `2 decisions taken over from ${file} from the next build. To build now: canopy run`
  });
  const after = await decisions(folder);
  expect(
    after
      .split("\n")
      .slice(1, 3)
      .map(row => row.split(",").slice(1).join())
  ).toEqual([
    `${due},snoozed,2026-11-30,,estates manager`,
    `${silent},explained,,the building is empty,estates manager`
  ]);
  const again = await line(folder, "2026-11-06", "findings", "apply", file, "--by", "estates manager");
  expect(again).toEqual({code: 0, text: `0 decisions taken over from ${file}; 2 others stood already`});
  expect(await decisions(folder)).toBe(after);
});

test("a damaged sheet is refused with each cell and why, and nothing of it is taken over", async () => {
  const folder = await council();
  const {file, fill} = await exported(folder);
  await fill({
    M2: "snooze",
    N2: "tomorrow",
    A3: "no-readings.somewhere",
    M3: "fixed",
    A4: silent,
    M4: "wrong",
    A5: silent,
    O5: "a reason without a decision",
    A6: silent,
    M6: "done",
    A7: silent,
    M7: "fixed"
  });
  const {code, text} = await line(folder, "2026-11-05", "findings", "apply", file, "--by", "estates manager");
  expect(code).toBe(1);
  expect(text.split("\n")).toEqual([
    `${file}: nothing was taken over, since 5 cells cannot be:`,
    "N2 (until): tomorrow: not a day: write it like 2027-01-31",
    "A3 (finding): no-readings.somewhere: no finding is named so",
    "O4 (why): nothing: wrong needs a reason",
    "M5 (decision): nothing: until or why is filled in, and no decision",
    "M6 (decision): done: one of acknowledge, snooze, explain, fixed, wrong, reopen"
  ]);
  await expect(decisions(folder)).rejects.toThrow();
  await writeFile(file, "finding,decision\n");
  expect((await line(folder, "2026-11-05", "findings", "apply", file, "--by", "x")).code).toBe(1);
});

const hasCalc = hasOffice("calc");
if (!hasCalc) process.stderr.write("skipped: a workbook saved again by LibreOffice Calc, which is not installed\n");

test.runIf(hasCalc)("a workbook that LibreOffice saved again is taken over alike", async () => {
  const folder = await council();
  const {file, fill} = await exported(folder);
  await fill({M2: "snooze", N2: "2026-11-30", M3: "explain", O3: "the building is empty"});
  const saved = savedByOffice(file, "xlsx", join(folder, "saved"));
  const {code, text} = await line(folder, "2026-11-05", "findings", "apply", saved, "--by", "estates manager");
  expect(text).toContain("2 decisions taken over");
  expect(code).toBe(0);
});

test("where the last build made no findings, that is said, and how to make them", async () => {
  const folder = await council();
  const database = await openDatabase(warehousePaths(folder).published, {folders: []});
  const connection = await database.connect();
  await connection.run("drop table marts.findings");
  connection.close();
  database.close();
  const said: string[] = [];
  const spy = vi.spyOn(process.stderr, "write").mockImplementation(text => said.push(String(text)) > 0);
  const {code} = await line(folder, "2026-11-03", "findings");
  spy.mockRestore();
  expect([code, said.join("")]).toEqual([
    1,
    "canopy: the last build did not make findings. To build: canopy run. To see why: canopy status\n"
  ]);
});
