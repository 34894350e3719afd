import {cp, mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {type Said, saidOf} from "./models/said.ts";
import {Canopy} from "./support/canopy.ts";
import {sharedStart} from "./support/shared-start.ts";

/** The illustrative council with files taken out of view: of all kinds of claims none may be made that the files would take back. */
describe("the illustrative council without some of its files", () => {
  let canopy: Canopy;
  beforeAll(async () => {
    const {folder} = await sharedStart();
    const own = await mkdtemp(join(tmpdir(), "canopy-incomplete-"));
    for (const part of ["council", "warehouse"]) await cp(join(folder, part), join(own, part), {recursive: true});
    canopy = new Canopy(own);
  });
  afterAll(() => rm(canopy.folder, {recursive: true, force: true}));

  /** What is said where the files of these loads had never come. */
  async function without(where: string): Promise<Said> {
    const loads = await canopy.live(
      `update ops.loads set outcome = 'refused' where outcome = 'landed' and ${where} returning load_id`
    );
    expect(loads.length).toBeGreaterThan(0);
    try {
      return await saidOf(canopy);
    } finally {
      const numbers = loads.map(({load_id}) => String(load_id)).join(", ");
      await canopy.live(`update ops.loads set outcome = 'landed' where load_id in (${numbers})`);
    }
  }

  const titlesOf = ({titles}: Said) => Object.values(titles).join("\n");
  const claims = /\d% less|fallen|below the|on the path|already meet/;

  test("without the gas supplier's files: the newest year lacks building gas, and nothing is said to have fallen", async () => {
    const said = await without("layout = 'tgp-gas'");
    expect(said.titles["emissions-by-source"]).toMatch(/^2025\/26 lacks building gas: at least 5,\d{3} t$/);
    expect(said.titles["emissions-by-scope"]).toMatch(/^2025\/26 lacks building gas: at least 5,\d{3} t$/);
    expect(titlesOf(said).replace(said.titles["fleet-fuel"] ?? "", "")).not.toMatch(claims);
    expect(said.status.replaceAll("\n", " ")).toMatch(
      /2025\/26 is not complete: at least 5,\d{3} t CO₂e; 5\d% of what is expected is here/
    );
    expect(said.status.replaceAll("\n", " ")).toMatch(
      /missing: building gas, \d+ meters, April 2025 to March 2026 \(about 5,\d{3} t\)/
    );
    expect(said.status).not.toContain("in 2025/26 (");
    expect(said.page).toContain("2025/26 is not complete (at least 5,");
  });

  test("with three suppliers' files of March late: what is missing is named, and nothing is claimed", async () => {
    const said = await without(
      "layout in ('stark-portal', 'tgp-gas', 'd0036') and regexp_matches(file_name, '2026-0[13]|2026-03')"
    );
    expect(said.titles["emissions-by-source"]).toMatch(
      /^2025\/26 lacks some building (gas|electricity): at least 1\d,\d{3} t$/
    );
    expect(said.status.replaceAll("\n", " ")).toMatch(
      /2025\/26 is not complete: at least 1\d,\d{3} t CO₂e; 9\d% of what is expected is here/
    );
    expect(said.status.replaceAll("\n", " ")).toMatch(/missing: building \w+, \d+ meters, .*2026/);
    expect(said.titles["trajectory"]).toBe("2025/26 is not complete, yet already above the path");
    expect(said.page).not.toMatch(/emitted in 2025/);
  });
});
