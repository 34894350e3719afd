import {mkdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {canopyLine} from "../hostile/command-line.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {flat, portalFile} from "../support/supplier-files.ts";

const [mpan] = mpans;

/**
 * An invented supplier's file: some lines above the header, semicolons, ends of half-hours as H0030 to H2400, six days of February that may be read
 * either way about, no unit. Half-hour n of every day holds n tenths: a day is 48 × 49 / 2 / 10 = 117.6, six are 705.6.
 */
function larkfieldFile(): string {
  const labels = Array.from({length: 48}, (_, index) => {
    const minutes = 30 * (index + 1);
    return `H${String(Math.trunc(minutes / 60)).padStart(2, "0")}${String(minutes % 60).padStart(2, "0")}`;
  });
  const cells = Array.from({length: 48}, (_, index) => ((index + 1) / 10).toFixed(1));
  const days = ["01/02/2026", "02/02/2026", "03/02/2026", "04/02/2026", "05/02/2026", "06/02/2026"];
  return [
    "Larkfield Power",
    "Interval statement",
    "",
    ["Premises", "Supply Number", "Used On", ...labels, "Whole Day"].join(";"),
    ...days.map(day => ["Town Hall", mpan, day, ...cells, "117.6"].join(";")),
    ""
  ].join("\r\n");
}

const loadCount = async (folder: string) =>
  Number((await new Canopy(folder).live<{n: number}>("select count(*)::integer as n from ops.loads"))[0]?.n);

describe("an officer with a supplier's file that canopy has never seen", () => {
  test("is led from the refusal to the figures, without programming", async () => {
    const folder = await makeDataFolder();
    const file = join(folder, "larkfield.csv");
    await writeFile(file, larkfieldFile());

    const refused = await canopyLine(["ingest", "--file", file], folder);
    expect(refused.code).toBe(1);
    expect(refused.printed).toContain("refused larkfield.csv: these column headings match no known supplier layout");
    const next = /canopy (layouts detect \S+)/.exec(refused.printed)?.[1]?.split(" ") ?? [];
    expect(next).toEqual(["layouts", "detect", file]);

    const seen = await canopyLine(next, folder);
    expect(seen.code).toBe(0);
    expect(seen.printed).toContain("line 4, 52 columns between semicolons");
    expect(seen.printed).toContain('in the column "Supply Number": MPANs whose check digits fit');
    expect(seen.printed).toContain('48 to a row, "H0030" to "H2400"');
    expect(seen.printed).toContain('"Whole Day" is the sum of its row, and must be');
    expect(seen.printed).toMatch(/You must decide:\n {2}1\. The clock\./);
    expect(seen.printed).toContain("The unit. Nothing in the file says it.");
    expect(seen.printed).toMatch(/Day and month\. .*01\/02\/2026 is 2026-02-01.*2026-01-02/s);
    expect(seen.printed).toContain("The draft was tried on the file: 6 read: 6 landed, 0 rejected");
    expect(seen.printed).toContain("--write larkfield");

    const kept = await canopyLine(["layouts", "detect", file, "--write", "larkfield"], folder);
    const path = join(folder, "council", "layouts", "larkfield.json");
    expect(kept.printed).toContain(`The draft is written to ${path}`);
    const draft = await readFile(path, "utf8");
    expect(JSON.parse(draft)).toMatchObject({
      confirmation: "unconfirmed",
      clock: "local-clock",
      unit: {is: "metered"},
      evidence: expect.stringMatching(/"%d\/%m\/%Y", else "%m\/%d\/%Y"/)
    });
    expect(await canopyLine(["layouts", "detect", file, "--write", "larkfield"], folder)).toMatchObject({
      code: 1,
      error: expect.stringContaining("nothing was written: a layout named larkfield exists already")
    });
    expect(await readFile(path, "utf8")).toBe(draft);

    await writeFile(path, draft.replace('{ "is": "metered" }', '{ "is": "kWh" }'));
    const loads = await loadCount(folder);
    const tried = await canopyLine(["layouts", "test", "larkfield", file], folder);
    expect(tried.code).toBe(0);
    expect(tried.printed).toContain("6 read: 6 landed, 0 rejected, 0 skipped");
    expect(tried.printed).toContain(`${mpan}, Sun 1 Feb 2026, import: 48 of 48 half-hours, 117.6 kWh in all`);
    expect(tried.printed).toContain("00:00 0.1 | 00:30 0.2 | 01:00 0.3 | … | 23:00 4.7 | 23:30 4.8");
    expect(tried.printed).toContain("This was a trial: nothing was kept.");
    expect(await loadCount(folder)).toBe(loads);

    const landed = await canopyLine(["ingest"], folder);
    expect(landed).toMatchObject({code: 0});
    expect(landed.printed).toContain("larkfield.csv as larkfield: 6 read: 6 landed, 1 Feb 2026 to 6 Feb 2026");
    const [total] = await new Canopy(folder).ask<{days: number; kwh: number}>(
      "select count(*)::integer as days, round(sum(list_sum(kwh)), 6)::double as kwh from marts.meter_days"
    );
    expect(total).toEqual({days: 6, kwh: 705.6});
  });

  test("whose file lies in the inbox is told the same, with the file's place there", async () => {
    const folder = await makeDataFolder();
    await writeFile(join(folder, "inbox", "estate-energy", "larkfield feb.csv"), larkfieldFile());
    const {printed} = await canopyLine(["ingest"], folder);
    expect(printed).toContain(
      `canopy layouts detect "${folder}/inbox/estate-energy/larkfield feb.csv" --data ${folder}`
    );
  });

  test("is not told to draft where the file is readable and something else is wrong", async () => {
    const folder = await makeDataFolder();
    await writeFile(join(folder, "page.csv"), "<html><body>Sign in</body></html>");
    const {printed} = await canopyLine(["ingest", "--file", join(folder, "page.csv")], folder);
    expect(printed).toContain("refused page.csv");
    expect(printed).not.toContain("layouts detect");
  });
});

test("a council's layout takes the place of a shipped one of its name, and the file that was refused lands by itself", async () => {
  const folder = await makeDataFolder();
  const file = join(folder, "portal.csv");
  const changed = portalFile("02/11/26 07:14", [{mpan, date: "2026-10-24", cells: flat(2)}]).replace(
    ",MPAN,Meter ID,",
    ",Supply MPAN,Meter ID,"
  );
  await writeFile(file, changed);
  expect((await canopyLine(["ingest", "--file", file], folder)).printed).toContain(
    'nearest is stark-portal, line 9: missing "MPAN"; not expected "Supply MPAN"'
  );
  expect((await canopyLine(["ingest"], folder)).printed).toBe("no new files in the inbox");

  const shipped = await readFile(new URL("../../src/sources/stark/stark-portal.json", import.meta.url), "utf8");
  const own = join(folder, "council", "layouts", "stark-portal.json");
  await mkdir(join(folder, "council", "layouts"));
  await writeFile(own, shipped.replaceAll('"MPAN"', '"Supply MPAN"'));

  expect((await canopyLine(["layouts", "stark-portal"], folder)).printed).toMatch(
    /from {8}the council, in place of canopy's/
  );
  expect((await canopyLine(["ingest"], folder)).printed).toBe(
    "load 2, portal.csv as stark-portal: 1 read: 1 landed, 24 Oct 2026"
  );
  const days = await new Canopy(folder).ask<{kwh: number}>("select list_sum(kwh)::double as kwh from marts.meter_days");
  expect(days).toEqual([{kwh: 96}]);
});
