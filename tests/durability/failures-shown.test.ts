import {mkdir, readdir, readFile, rename, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {main} from "../../src/cli.ts";
import {zipFile} from "../archive/containers/zip-file.ts";
import {canopyLine} from "../hostile/command-line.ts";
import {fixedEffects} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {startStub} from "../support/stub-server.ts";
import {portalFile} from "../support/supplier-files.ts";

const [mpan, other] = mpans;
const october = (meter: string = mpan, cell: string | number = 1.5) =>
  portalFile("01/11/26 07:00", [
    {mpan: meter, date: "2026-10-05", cells: Array.from({length: 48}, (_, index) => (index === 7 ? cell : 1.5))}
  ]);

/** A folder in which one file has been taken in. */
async function received(): Promise<string> {
  const folder = await makeDataFolder([{id: mpan}, {id: other}]);
  await writeFile(join(folder, "inbox", "estate-energy", "october.csv"), october());
  expect((await canopyLine(["ingest"], folder)).code).toBe(0);
  return folder;
}

/** One in which everything is built too. */
async function built(): Promise<string> {
  const folder = await received();
  expect((await canopyLine(["build"], folder)).code).toBe(0);
  expect((await canopyLine(["status"], folder)).code).toBe(0);
  return folder;
}

describe("a failure is no success, and status says so", () => {
  test("the archive cannot be written to: the file stays in the inbox, and is taken in when it can", async () => {
    const folder = await built();
    await writeFile(join(folder, "inbox", "estate-energy", "second.csv"), october(other));
    // A folder that is a file: nothing can be written below it, whoever asks.
    await rename(join(folder, "snapshots"), join(folder, "kept"));
    await writeFile(join(folder, "snapshots"), "");
    const failed = await canopyLine(["ingest"], folder);
    expect(failed.code).toBe(1);
    expect(failed.error).toMatch(/^canopy: .*snapshots/);
    const status = await canopyLine(["status"], folder);
    expect(status.code).toBe(1);
    expect(status.printed.replaceAll(/\s+/g, " ")).toMatch(
      /The last canopy ingest, .+, failed\. To try again: canopy ingest/
    );
    await rm(join(folder, "snapshots"));
    await rename(join(folder, "kept"), join(folder, "snapshots"));
    expect(await canopyLine(["ingest"], folder)).toMatchObject({
      code: 0,
      printed: expect.stringContaining("second.csv")
    });
    expect((await canopyLine(["status"], folder)).code).toBe(0);
  });

  test("files in no feed's folder are named, with the folders there are", async () => {
    const folder = await built();
    await writeFile(join(folder, "inbox", "november.csv"), october());
    await mkdir(join(folder, "inbox", "estate-enrgy"));
    await writeFile(join(folder, "inbox", "estate-enrgy", "december.csv"), october());
    expect(await canopyLine(["ingest"], folder)).toMatchObject({
      code: 1,
      printed: expect.stringMatching(
        /so not read: estate-enrgy\/december\.csv\nin no feed's folder, so not read: november\.csv$/
      )
    });
    const {code, printed} = await canopyLine(["status"], folder);
    expect(code).toBe(1);
    expect(printed.replaceAll(/\s+/g, " ")).toContain(
      "2 files lie in no feed's folder, so that nothing reads them. Move them into one of these folders of inbox: estate-energy,"
    );
    const json = JSON.parse((await canopyLine(["status", "--format", "json"], folder)).printed);
    expect(json).toMatchObject({
      is_well: false,
      health: [{of: "inbox", rows: ["estate-enrgy/december.csv", "november.csv"], is_failure: true}]
    });
  });

  test("a service that refuses its key fails the run, and status names it until it answers", async () => {
    const folder = await built();
    const server = await startStub();
    const path = `/v1/electricity-meter-points/${mpan}/meters/S1/consumption/`;
    const line = async (...argv: string[]) => {
      const effects = fixedEffects();
      const environment = {
        CANOPY_OCTOPUS_API_KEY: "wrong",
        CANOPY_OCTOPUS_METERS: `${mpan}:S1`,
        CANOPY_OCTOPUS_BASE_URL: server.url
      };
      const code = await main([...argv, "--data", folder], {...effects, environment});
      return {code, printed: effects.printed.join("\n").replaceAll(/\s+/g, " ")};
    };
    try {
      server.on(path, {status: 401, body: {detail: "Invalid API key"}});
      expect(await line("run", "estate-energy")).toMatchObject({code: 1});
      const {code, printed} = await line("status");
      expect(code).toBe(1);
      expect(printed).toMatch(
        /1 service did not answer\. To see what each needs: canopy services octopus: 1 time in a row/
      );
      expect(printed).toContain("could not do all of its work");
      server.on(path, {body: {count: 0, next: null, previous: null, results: []}});
      expect((await line("fetch")).code).toBe(0);
      expect((await line("status")).printed).not.toContain("did not answer");
    } finally {
      await server.close();
    }
  });

  test("a run that fails is told of, though another read the last build meanwhile", async () => {
    const folder = await built();
    const sites = join(folder, "council", "sites.csv");
    const text = await readFile(sites, "utf8");
    await writeFile(sites, text.replace("1000", "a thousand"));
    expect((await canopyLine(["run"], folder)).code).toBe(1);
    const {code, printed} = await canopyLine(["status"], folder);
    expect(code).toBe(1);
    expect(printed.replaceAll(/\s+/g, " ")).toMatch(/The last canopy run, .+, failed.+sites\.csv/);
  });
});

describe("the key of the pseudonyms", () => {
  test.each([
    ["is gone", (path: string) => rm(path)],
    ["is empty", (path: string) => writeFile(path, "")],
    ["is damaged", (path: string) => writeFile(path, "ab12\n")],
    ["is not the one that was used before", (path: string) => writeFile(path, `${"0".repeat(64)}\n`)]
  ])("that %s makes no pseudonym, and can be put back or given up", async (how, lose) => {
    const folder = await received();
    const path = join(folder, ".keys", "pseudonyms");
    const key = await readFile(path, "utf8");
    await lose(path);
    const left = await readFile(path, "utf8").catch(() => null);
    expect(await canopyLine(["ingest"], folder)).toMatchObject({
      code: 1,
      error: expect.stringContaining(`the key of the pseudonyms ${how}`)
    });
    expect(await readFile(path, "utf8").catch(() => null)).toBe(left);
    await writeFile(path, key);
    expect((await canopyLine(["ingest"], folder)).code).toBe(0);
    if (how !== "is gone") return;
    await rm(path);
    await rm(join(folder, "warehouse", "pseudonym-key.sha256"));
    expect((await canopyLine(["rebuild"], folder)).code).toBe(0);
    expect(await readFile(path, "utf8")).toMatch(/^[0-9a-f]{64}\n$/);
    expect(await readFile(path, "utf8")).not.toBe(key);
  });
});

describe("words of failures in names and cells change nothing", () => {
  const words = [
    "Fatal collisions 2025",
    "FATAL Error",
    "INTERNAL Error",
    "Out of Memory Error",
    "No space left on device",
    "database has been invalidated",
    "Corrupt database file checksum",
    "Could not read enough bytes",
    "not a valid DuckDB database file",
    "another canopy is writing",
    "Could not set lock on file"
  ];

  test("as names of files, as cells, in a zip that is locked or cut, and as a header", async () => {
    const folder = await makeDataFolder([{id: mpan}, {id: other}]);
    const inbox = join(folder, "inbox", "estate-energy");
    for (const [index, word] of words.entries()) {
      await writeFile(join(inbox, `${index} ${word}.csv`), october(mpan, word));
      await writeFile(join(inbox, `${index} ${word} header.csv`), `${word},kWh\n${word},1\n`);
      await writeFile(join(inbox, `${index} locked.zip`), zipFile([{name: `${word}.csv`, data: october(), flags: 1}]));
      const whole = zipFile([{name: `${word}.csv`, data: october()}]);
      await writeFile(join(inbox, `${index} cut.zip`), whole.subarray(0, whole.length - 30));
    }
    await writeFile(join(inbox, "zz last.csv"), october(other));
    const {code, printed, error} = await canopyLine(["ingest"], folder);
    expect([code, error]).toEqual([0, ""]);
    expect(printed).not.toMatch(/the warehouse was damaged/);
    expect(printed).toContain("zz last.csv as stark-portal: 1 read: 1 landed");
    // Each file with such a cell lands without it; each of the other three kinds is refused.
    expect(printed.match(/as stark-portal: 1 read: 1 landed.*1 cell/g)?.length).toBe(words.length);
    expect(printed.match(/^refused/gm)?.length).toBe(3 * words.length);
    expect((await readdir(join(folder, "warehouse"))).filter(name => name.includes("damaged"))).toEqual([]);
    expect((await canopyLine(["withdraw", "--layout", "stark-portal", "--why", "Fatal Error"], folder)).code).toBe(0);
  });
});
