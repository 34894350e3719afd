import {mkdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import * as spreadsheet from "@e965/xlsx";
import {beforeAll, describe, expect, test} from "vitest";
import {detectFile} from "../../src/commands/layouts/detect.ts";
import {readAllLayouts} from "../../src/commands/layouts/forms.ts";
import {draftLayout} from "../../src/layouts/draft/draft.ts";
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

/** Drafts a layout as `layouts detect --write` does, but for the trial of it, which takes most of the time; says it, or why there is none. */
async function draftedAs(name: string, path: string, folder: string): Promise<string> {
  const parts = await detectFile(path, await readAllLayouts(folder), folder, null);
  for (const {fileName, finding} of parts) {
    if (finding.is !== "unknown") continue;
    const draft = draftLayout(finding.text, {name, fileName, feed: "estate-energy"});
    if ("reason" in draft) return draft.reason;
    await writeFile(join(folder, "council", "layouts", `${name}.json`), draft.json);
    return draft.json;
  }
  return JSON.stringify(parts);
}

/** Brings files of many kinds to one council, as somebody does who sees each form for the first time, and makes a test of each. */
export function newForms(kinds: Readonly<Record<string, readonly NewForm[]>>, meters?: readonly InventedMeter[]): void {
  const forms = Object.values(kinds).flat();
  const drafts = new Map<NewForm, string>();
  const brought = new Map<NewForm | null, string>();
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
    const paths = new Map<NewForm, readonly string[]>();
    for (const [index, form] of forms.entries()) {
      const place = join(folder, `sent-${index}`);
      await mkdir(place);
      for (const [name, bytes] of form.files) await writeFile(join(place, name), bytes);
      const all = form.files.map(([name]) => join(place, name));
      paths.set(form, all);
      const [first = "", name] = [all[0], `form-${index}`];
      const isByCommand = form.draft !== undefined || Object.values(kinds).some(ofKind => ofKind[0] === form);
      drafts.set(
        form,
        isByCommand ? await say("layouts", "detect", first, "--write", name) : await draftedAs(name, first, folder)
      );
    }
    const alone = forms.filter(({more, says}) => more !== undefined || says !== undefined);
    for (const form of alone)
      brought.set(form, await say("ingest", ...(form.more ?? []), "--file", ...(paths.get(form) ?? [])));
    const others = forms.filter(form => !alone.includes(form)).flatMap(form => paths.get(form) ?? []);
    brought.set(null, await say("ingest", "--file", ...others));
    const canopy = new Canopy(folder);
    landed = [...(await daysOf(canopy)), ...(await periodsOf(canopy))];
    return () => leave();
  });

  for (const [kind, ofKind] of Object.entries(kinds))
    describe(kind, () => {
      test.each(ofKind.map(form => [form.what, form] as const))("%s", (_what, form) => {
        const {lands, draft, says} = form;
        const of = new Set(lands.map(meterOf));
        const found = {
          lands: landed.filter(line => of.has(meterOf(line))).sort(),
          draft: draft === undefined ? null : drafts.get(form),
          says: says === undefined ? null : brought.get(form)
        };
        expect(found, `${drafts.get(form)}\n${brought.get(form) ?? brought.get(null)}`).toEqual({
          lands: [...lands].sort(),
          draft: draft === undefined ? null : expect.stringMatching(draft),
          says: says === undefined ? null : expect.stringMatching(says)
        });
      });
    });

  test("nothing else lands", () => {
    const expected = new Set(forms.flatMap(({lands}) => lands.map(meterOf)));
    expect(landed.filter(line => !expected.has(meterOf(line)))).toEqual([]);
  });
}
