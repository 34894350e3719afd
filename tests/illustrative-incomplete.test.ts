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
    for (const part of ["council", "warehouse", ".keys"])
      await cp(join(folder, part), join(own, part), {recursive: true});
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
      /2025\/26 is not complete: at least 5,\d{3} t CO₂e; 48% of what is expected is here/
    );
    expect(said.status.replaceAll("\n", " ")).toMatch(
      /missing: building gas, \d+ meters, April 2025 to March 2026 \(about 6,\d{3} t\)/
    );
    expect(said.status).not.toContain("in 2025/26 (");
    expect(said.page).toContain("2025/26 is not complete (at least 5,");
  });

  test("with three suppliers' last files of the year late: what is missing is named, and nothing is claimed", async () => {
    const said = await without("layout in ('stark-portal', 'tgp-gas', 'd0036') and contains(file_name, '2026-03')");
    expect(said.titles["emissions-by-source"]).toMatch(/^2025\/26 lacks some building gas: at least \d+,\d{3} t$/);
    const status = said.status.replaceAll("\n", " ");
    expect(status).toMatch(/2025\/26 is not complete: at least \d+,\d{3} t CO₂e; \d\d% of what is expected is here/);
    expect(status).toMatch(/missing: building gas, \d+ meters, \w+( to March)? 2026 /);
    expect(status.replace(/like for like[^;]*/g, "")).not.toMatch(/2025\/26: |% less than the 12,/);
    expect(titlesOf(said).replace(said.titles["fleet-fuel"] ?? "", "")).not.toMatch(
      /\d% less|fallen|below the|on the path/
    );
    expect(said.page).not.toMatch(/emitted in 2025/);
  });
});
