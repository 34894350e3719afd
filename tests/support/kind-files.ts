import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import * as spreadsheet from "@e965/xlsx";
import {beforeAll, expect, test} from "vitest";
import {canopyLine} from "../hostile/command-line.ts";
import {Canopy} from "./canopy.ts";
import {type InventedMeter, makeDataFolder} from "./data-folder.ts";
import {daysOf, periodsOf} from "./forms.ts";

/** A file as somebody sends it. */
export type Sent = readonly [name: string, bytes: string | Uint8Array];

/** A line for each text, with its end. */
export const text = (...lines: readonly (string | readonly string[])[]) => `${lines.flat().join("\n")}\n`;

type Cell = string | number;

/** A workbook with these sheets, each a list of rows. */
export function workbook(
  sheets: Readonly<Record<string, readonly (readonly Cell[])[]>>,
  bookType: spreadsheet.BookType = "xlsx"
): Buffer {
  const book = spreadsheet.utils.book_new();
  for (const [name, rows] of Object.entries(sheets))
    spreadsheet.utils.book_append_sheet(book, spreadsheet.utils.aoa_to_sheet(rows.map(row => [...row])), name);
  return spreadsheet.write(book, {type: "buffer", bookType}) as Buffer;
}

/** Files of a form that canopy has not seen, and what must land of them. */
export interface NewForm {
  readonly what: string;
  /** A layout is drafted from the first of them, and all are brought. */
  readonly files: readonly Sent[];
  /** For `ingest`: the meter point, where no file names it. */
  readonly more?: readonly string[];
  /** What lands, as `daysOf` and `periodsOf` say it. */
  readonly lands: readonly string[];
  /** What the draft must say. */
  readonly draft?: RegExp;
  /** What must be said when the files are brought, where not all of it lands. */
  readonly says?: RegExp;
}

const spaced = (said: string) => said.replaceAll(/\s+/g, " ").trim();
const meterOf = (line: string) => line.slice(0, line.search(/ \d{4}-\d\d-\d\d /));

/** Brings all of these to one council as somebody does who sees each form for the first time, and makes a test of each. */
export function newForms(forms: readonly NewForm[], meters?: readonly InventedMeter[]): void {
  const drafts = new Map<string, string>();
  const brought = new Map<string, string>();
  let landed: readonly string[] = [];

  beforeAll(async () => {
    let leave = async () => {};
    const folder = await makeDataFolder(meters, undefined, finish => {
      leave = finish;
    });
    const say = async (...argv: readonly string[]) => {
      const {code, printed, error} = await canopyLine(argv, folder);
      return spaced(`${code} ${printed} ${error}`);
    };
    const paths = new Map<string, readonly string[]>();
    for (const [index, {what, files}] of forms.entries()) {
      for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
      paths.set(
        what,
        files.map(([name]) => join(folder, name))
      );
      drafts.set(what, await say("layouts", "detect", paths.get(what)?.[0] ?? "", "--write", `form-${index}`));
    }
    const alone = forms.filter(({more, says}) => more !== undefined || says !== undefined);
    for (const {what, more = []} of alone)
      brought.set(what, await say("ingest", ...more, "--file", ...(paths.get(what) ?? [])));
    const others = forms.filter(form => !alone.includes(form)).flatMap(({what}) => paths.get(what) ?? []);
    if (others.length > 0) brought.set("", await say("ingest", "--file", ...others));
    const canopy = new Canopy(folder);
    landed = [...(await daysOf(canopy)), ...(await periodsOf(canopy))];
    return () => leave();
  });

  test.each(forms.map(form => [form.what, form] as const))("%s", (what, {lands, draft, says}) => {
    const of = new Set(lands.map(meterOf));
    const found = {
      lands: landed.filter(line => of.has(meterOf(line))),
      ...(draft === undefined ? {} : {draft: drafts.get(what)}),
      ...(says === undefined ? {} : {says: brought.get(what)})
    };
    const said = `${drafts.get(what)}\n${brought.get(what) ?? brought.get("")}`;
    expect(found, said).toEqual({
      lands,
      ...(draft === undefined ? {} : {draft: expect.stringMatching(draft)}),
      ...(says === undefined ? {} : {says: expect.stringMatching(says)})
    });
  });

  test("and nothing else", () => {
    expect([...new Set(landed.map(meterOf))].sort()).toEqual(
      [...new Set(forms.flatMap(({lands}) => lands.map(meterOf)))].sort()
    );
  });
}
