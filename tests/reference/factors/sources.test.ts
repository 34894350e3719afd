import {createHash} from "node:crypto";
import {readFile} from "node:fs/promises";
import {beforeAll, describe, expect, test} from "vitest";
import {parseRegister} from "../../../src/domain/csv.ts";
import {type FactorUsed, factorsUsed} from "../../../src/reference/factors/factors-used.ts";
import {hasRealData, realPath} from "../../support/real-data.ts";
import {parseSource, placeInFlatFile, placeInTable, readBook} from "./sources.ts";
import {readSummary} from "./summary.ts";
import {type FactorRow, keyOf, kgOf, readFactorTable} from "./table.ts";

let rows: FactorRow[];
const used = new Map(factorsUsed.map(factor => [keyOf(factor), factor]));
const usedBy = (row: FactorRow) => used.get(keyOf(row)) as FactorUsed;

/** A row's figures without the gases it has none of. */
const present = (row: FactorRow) => Object.fromEntries(Object.entries(kgOf(row)).filter(([, kg]) => kg !== null));

beforeAll(async () => {
  rows = await readFactorTable();
});

async function readPlace({source, source_sha256}: FactorRow) {
  const {file, sheet, first, last, under} = parseSource(source);
  const book = await readBook(file);
  expect(book.sha256, file).toBe(source_sha256);
  const cells = book.sheet(sheet);
  return sheet === "Factors by Category" ? placeInFlatFile(cells, first, last) : placeInTable(cells, first, under);
}

describe.runIf(hasRealData)("every figure of the table is in the file it names", () => {
  test.each([2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026])(
    "%i: cell by cell, under the labels it goes by",
    async year => {
      const ours = rows.filter(row => row.factor_set === year && row.held_as === "workbook");
      for (const row of ours) {
        const {labels, kg} = await readPlace(row);
        const {published} = usedBy(row);
        expect(kg, row.source).toEqual(present(row));
        const expected = [
          published.level_2,
          published.level_3,
          [published.uom],
          published.column_text.map(text => text ?? "")
        ];
        labels.forEach((label, level) => {
          expect(
            expected[level]?.map(one => one.toLowerCase()),
            row.source
          ).toContain(label);
        });
      }
      expect(ours).toHaveLength(
        {2018: 20, 2019: 20, 2020: 42, 2021: 21, 2022: 27, 2023: 46, 2024: 27, 2025: 46, 2026: 6}[year] ?? 0
      );
    }
  );

  test("a figure no workbook here holds is the republished one", async () => {
    const summary = await readSummary();
    const bytes = await readFile(realPath("factors/factors_summary.csv.gz"));
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const republished = rows.filter(row => row.held_as === "republication" && row.factor_set < 2026);
    for (const row of republished) {
      expect(row.source_sha256).toBe(sha256);
      expect(summary(row.factor_set, usedBy(row)), row.source).toEqual(kgOf(row));
    }
    expect(republished).toHaveLength(107);
  });

  test("a second-hand figure of 2026 is in the extract of the revised set, under the labels it goes by", async () => {
    const bytes = await readFile(realPath("factors/desnz_2026_v1_2_extract.csv"));
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const extract = parseRegister(bytes.toString()).map(({cells}) => cells);
    const ours = rows.filter(row => row.held_as === "republication" && row.factor_set === 2026);
    for (const row of ours) {
      const {published} = usedBy(row);
      const id = /: (\S+),/.exec(row.source)?.[1];
      const found = extract.filter(cells => cells.id === id || cells.id?.replace(/_\d$/, "_1") === id);
      const kg = found.map(({ghg_unit, factor}) => [
        /CO2e of (\S+)/.exec(ghg_unit ?? "")?.[1] ?? "CO2e",
        Number(factor)
      ]);
      expect(row.source_sha256).toBe(sha256);
      expect(Object.fromEntries(kg.map(([gas, figure]) => [String(gas).toLowerCase(), figure])), row.source).toEqual(
        present(row)
      );
      for (const {scope, level1, level2, level3, column_text, uom} of found)
        expect(
          [scope, level1, level2, level3, column_text, uom].map(label => label?.toLowerCase() ?? null),
          row.source
        ).toEqual([
          `scope ${row.scope}`,
          expect.toBeOneOf(published.level_1.map(label => label.toLowerCase())),
          expect.toBeOneOf(published.level_2.map(label => label.toLowerCase())),
          expect.toBeOneOf(published.level_3.map(label => label.toLowerCase())),
          expect.toBeOneOf(published.column_text.map(label => label?.toLowerCase() ?? null)),
          published.uom.toLowerCase()
        ]);
    }
    expect(ours).toHaveLength(40);
  });
});
