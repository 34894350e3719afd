import {mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, onTestFinished, test, vi} from "vitest";
import {main} from "../src/cli.ts";
import {fixedEffects} from "./support/canopy.ts";
import {makeDataFolder, mpans} from "./support/data-folder.ts";
import {flat, portalFile} from "./support/supplier-files.ts";

/** Runs one command line; what it says on standard error is kept apart. */
async function canopy(...argv: string[]): Promise<{code: number; out: string; err: string}> {
  const errors: string[] = [];
  const spy = vi.spyOn(process.stderr, "write").mockImplementation(text => {
    errors.push(String(text));
    return true;
  });
  const effects = fixedEffects();
  try {
    const code = await main(argv, effects);
    return {code, out: effects.printed.join("\n"), err: errors.join("")};
  } finally {
    spy.mockRestore();
  }
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "canopy-cli-"));
  onTestFinished(() => rm(folder, {recursive: true, force: true}));
  return folder;
}

describe("used wrongly: exit 2, and the nearest right name", () => {
  test.each([
    [["ingset"], "Did you mean ingest?"],
    [["ingest", "--fiel", "x.csv"], "Did you mean --file?"],
    [["withdraw", "1"], "--why"],
    [["query"], "missing required argument"],
    [["query", "select 1", "--format", "xml"], "table, csv, json"]
  ])("%j: %s", async (argv, words) => {
    const {code, err} = await canopy(...argv);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });

  test.each([
    [["ingest", "estate-enrgy"], "no feed is named estate-enrgy. Did you mean estate-energy?"],
    [
      ["ingest", "--file", "x.csv", "--layout", "stark-portl"],
      "no layout is named stark-portl. Did you mean stark-portal?"
    ],
    [["ingest", "--layout", "stark-portal"], "--layout and --meter-point can only be used with --file"],
    [["layouts", "stark"], "no layout is named stark"],
    [["run", "estate-enery"], "no pipeline is named estate-enery. Did you mean estate-energy?"],
    [["loads", "seven"], "not the number of a load: seven. To list them: canopy loads"]
  ])("%j: %s", async (argv, words) => {
    const folder = await makeDataFolder();
    await canopy("build", "--data", folder);
    const {code, err} = await canopy(...argv, "--data", folder);
    expect(err).toContain(words);
    expect(code).toBe(2);
  });
});

describe("failed: exit 1, in one line", () => {
  test.each([
    [["status"], "no such folder: "],
    [["run"], "make one with: canopy init"]
  ])("%j in a folder that is not there", async (argv, words) => {
    const {code, err} = await canopy(...argv, "--data", join(await emptyFolder(), "nowhere"));
    expect(code).toBe(1);
    expect(err).toContain(words);
    expect(err).not.toContain(" at ");
  });

  test("nothing built yet, a load that is not there, a file that is not there, SQL that does not bind", async () => {
    const folder = await makeDataFolder();
    expect(await canopy("status", "--data", folder)).toMatchObject({
      code: 1,
      err: expect.stringContaining("nothing has been built")
    });
    await canopy("build", "--data", folder);
    expect(await canopy("withdraw", "9", "--why", "x", "--data", folder)).toMatchObject({
      code: 1,
      err: expect.stringContaining("no load that stands has the number 9")
    });
    expect(await canopy("ingest", "--file", "nowhere.csv", "--data", folder)).toMatchObject({
      code: 1,
      err: expect.stringContaining("no such file: nowhere.csv")
    });
    expect(await canopy("query", "select nonsense", "--data", folder)).toMatchObject({
      code: 1,
      err: expect.stringContaining("nonsense")
    });
  });
});

describe("a council's first hour", () => {
  test("init, a file, build, status, withdraw", async () => {
    const folder = join(await emptyFolder(), "council");
    expect((await canopy("init", folder, "--name", "Test Borough")).code).toBe(0);
    expect(await canopy("init", folder)).toMatchObject({code: 1, err: expect.stringContaining("nothing was written")});
    expect(await readFile(join(folder, "council", "emission-factors.csv"), "utf8")).toMatch(/^factor_set,.*,note\n$/);
    await writeFile(
      join(folder, "council", "sites.csv"),
      "site_id,name,kind,floor_area_m2,opens_at,closes_at,open_days\ntown-hall,Town Hall,office,,,,\n"
    );
    await writeFile(
      join(folder, "council", "meter-points.csv"),
      `meter_point_id,site_id,energy,known_as,valid_from,valid_to\n${mpans[0]},town-hall,electricity,,,\n`
    );
    await writeFile(
      join(folder, "inbox", "estate-energy", "oct.csv"),
      portalFile("02/11/26 07:14", [{mpan: mpans[0], date: "2026-10-24", cells: flat(2)}])
    );
    expect((await canopy("ingest", "--data", folder)).out).toBe(
      "load 1, oct.csv as stark-portal: 1 read: 1 landed, 24 Oct 2026"
    );
    expect((await canopy("build", "--data", folder)).out).toMatch(/models built and checked/);
    expect((await canopy("check", "--data", folder)).out).toMatch(/marts checked/);
    expect((await canopy("publish", "--data", folder)).out).toMatch(/7 figures and \d+ tables/);
    expect((await canopy("status", "--data", folder)).out).toContain("Test Borough, to 2 November 2026");
    expect((await canopy("loads", "--data", folder)).out).toContain("in view");
    expect((await canopy("withdraw", "1", "--why", "wrong meter", "--data", folder)).out).toContain(
      "load 1 (oct.csv) will not be counted"
    );
    await canopy("build", "--data", folder);
    expect((await canopy("loads", "1", "--data", folder)).out).toContain("withdrawn: wrong meter");
    expect(
      (
        await canopy(
          "query",
          "select count(*)::integer as days from marts.meter_days",
          "--format",
          "csv",
          "--data",
          folder
        )
      ).out
    ).toBe("days\r\n0");
    expect((await canopy("withdraw", "1", "--undo", "--why", "it was right", "--data", folder)).out).toContain(
      "will be counted again"
    );
  });

  test("a file whose header is not its layout's is refused whole, with the difference; it is tried again when a layout is mended", async () => {
    const folder = await makeDataFolder();
    const file = join(folder, "renamed.csv");
    await writeFile(
      file,
      portalFile("02/11/26 07:14", [{mpan: mpans[0], date: "2026-10-24", cells: flat(2)}]).replace(
        ",MPAN,Meter ID,",
        ",MPAN,Commodity,Meter ID,"
      )
    );
    const {code, out} = await canopy("ingest", "--file", file, "--data", folder);
    expect(code).toBe(1);
    expect(out).toContain("refused renamed.csv: these column headings match no known supplier layout");
    expect(out).toContain('nearest is stark-portal, line 9: not expected "Commodity"');
    expect((await canopy("ingest", "--data", folder)).out).toBe("no new files in the inbox");
  });

  test("a dry run says what would be done and does nothing", async () => {
    const folder = await makeDataFolder();
    const {code, out} = await canopy("run", "--dry-run", "--data", folder);
    expect(code).toBe(0);
    expect(out).toContain("2. write the illustrative estate's supplier files");
    expect((await canopy("status", "--data", folder)).err).toContain("nothing has been built");
  });
});
