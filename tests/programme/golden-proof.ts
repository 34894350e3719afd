import {rm} from "node:fs/promises";
import {expect} from "vitest";
import {lakeFolder, readProgramme} from "../../src/programme/folder.ts";
import {runAlone} from "../../src/programme/run-alone.ts";
import type {Counts} from "../prove/proof.ts";
import {fixedEffects} from "../support/canopy.ts";
import {makeTemporaryFolder} from "../support/data-folder.ts";
import {makeProgramme} from "../support/programme.ts";
import {goldenQuestions} from "./golden-questions.ts";
import {clickhouseOver, differences, duckdbOver} from "./lake-engines.ts";

const councilsOfPart = 4;

/** Councils of several sizes, and every question asked of both engines. */
export async function askBoth(seed: number): Promise<Counts> {
  const folder = await makeTemporaryFolder();
  try {
    const councils = Array.from({length: councilsOfPart}, (_, index) => ({
      ...{folder: `council-${index}`, name: `Council ${index}`, onsCode: `E0800000${index + 1}`},
      ...{sites: 2 + ((seed + 3 * index) % 7), seed: (seed + index) % 97},
      ...(index === 1 && {to: "2026-02-15"}),
      ...(index === 2 && {from: "2026-06-01"})
    }));
    await makeProgramme(folder, councils);
    const effects = fixedEffects();
    const order = {asOf: "2026-10-31", edition: null, hasPages: false};
    await runAlone(await readProgramme(folder, effects.now()), order, effects);
    const lake = lakeFolder(folder);
    const [duckdb, clickhouse] = [await duckdbOver(lake), await clickhouseOver(lake)];
    if (clickhouse === null) throw new Error("ClickHouse is wanted here: npm install --no-save chdb@3.4.0");
    let rows = 0;
    for (const {asks, sql} of goldenQuestions) {
      const [first, second] = [await duckdb.ask(sql), await clickhouse.ask(sql)];
      expect(differences(first, second), asks).toEqual([]);
      rows += first.length;
    }
    duckdb.close();
    clickhouse.close();
    return {councils: councils.length, questions: goldenQuestions.length, rows, differing: 0};
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}
