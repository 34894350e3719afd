import type {Effects} from "../../effects.ts";
import {CliError} from "../../errors.ts";
import type {Answer} from "../kit/command.ts";
import {named} from "../kit/nearest.ts";
import {readAllLayouts, readForms, readLayoutFile} from "./forms.ts";
import {testLines} from "./test-file.ts";

/** How a file is read by a form, named or in a file of its own. Exit code 1 where it is refused, or every row of it rejected. */
export async function testLayout(
  words: readonly string[],
  {data, layoutFile, meterPoint}: {readonly data: string; readonly layoutFile?: string; readonly meterPoint?: string},
  effects: Effects
): Promise<Answer> {
  const [file, name] = [words.at(-1), words.at(-2)];
  if (file === undefined || words.length !== (layoutFile === undefined ? 2 : 1))
    throw new CliError("canopy layouts test NAME FILE, or FILE with --layout-file PATH", {exitCode: 2});
  const draft = layoutFile === undefined ? null : await readLayoutFile(layoutFile);
  const form = draft ?? named(await readForms(data), "layout", name ?? "").form;
  const layouts = draft === null ? await readAllLayouts(data) : new Map([[draft.name, draft]]);
  const request = {path: file, layouts, meterPoint: meterPoint ?? null, dataFolder: data, now: effects.now()};
  const {lines, isRefused} = await testLines(request, form);
  return {lines, code: isRefused ? 1 : 0};
}
