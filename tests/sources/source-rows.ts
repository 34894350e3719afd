import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {onTestFinished} from "vitest";
import {recordsText} from "../../src/domain/csv.ts";
import {sourceRows} from "../../src/layouts/compile/source-rows.ts";
import type {Layout} from "../../src/layouts/layout.ts";
import {readLayouts} from "../../src/layouts/library.ts";
import type {Unfolded} from "../../src/sources/text/unfolded.ts";
import {openDatabase} from "../../src/warehouse/connection.ts";

/** A layout of the library, by name. */
export async function layoutNamed(name: string): Promise<Layout> {
  const layout = (await readLayouts(null)).get(name);
  if (layout === undefined) throw new Error(`no layout is named: ${name}`);
  return layout;
}

/** What the layout makes of rows unfolded: the columns asked for, in the order of the rows. */
export async function sourceRowsOf(layoutName: string, {rows}: Unfolded, columns: string): Promise<string[][]> {
  const folder = await mkdtemp(join(tmpdir(), "canopy-test-"));
  const file = join(folder, "rows.csv");
  await writeFile(
    file,
    recordsText(
      rows.map(({cells}) => cells),
      ","
    )
  );
  const database = await openDatabase(":memory:", {folders: [folder]});
  onTestFinished(async () => {
    database.close();
    await rm(folder, {recursive: true, force: true});
  });
  const connection = await database.connect();
  const sql = sourceRows(await layoutNamed(layoutName), {skip: 0, isNumbered: false});
  const found = await connection.rows(`select [${columns}] as cells from (${sql})`, [file]);
  return found.map(({cells}) => cells as string[]);
}
