import {inert} from "../../effects.ts";
import {CliError} from "../../errors.ts";
import {tidyJson} from "../../layouts/draft/json.ts";
import {withoutDefaults} from "../../layouts/layout.ts";
import {feeds} from "../../sources/feeds.ts";
import {plain, several} from "../../wording/numbers.ts";
import {columnWords, type Form, isLayout, needsFile, readingWords, recordWords, type Said} from "./format-words.ts";
import {saidLines} from "./said.ts";

/** Where a form comes from: canopy's own, or the council's folder of layouts, where it may take the place of one of canopy's. */
export type Origin = "canopy" | "the council" | "the council, in place of canopy's";

export interface Listed {
  readonly form: Form;
  readonly origin: Origin;
}

/** Every form in a line, under the inbox its files belong in. */
export function formLines(forms: readonly Listed[]): string[] {
  const names = [...new Set([...feeds.keys(), ...forms.map(({form}) => form.feed)])];
  const groups = names
    .map(feed => ({feed, of: forms.filter(({form}) => form.feed === feed)}))
    .filter(({of}) => of.length > 0);
  const open = forms.filter(({form}) => form.confirmation === "unconfirmed").length;
  return [
    ...groups.flatMap(({feed, of}) => [
      `${inert(feed)}: ${feeds.get(feed)?.description ?? "no such inbox"}`,
      ...aligned(of),
      ""
    ]),
    `canopy reads ${several(forms.length, "form")} of file. ${plain(open)} were built from a description and are not yet checked against a real file.`,
    "canopy layouts NAME              show one of them in full",
    "canopy layouts detect FILE       find which of them a file has, or draft a new one",
    "canopy layouts test NAME FILE    try one on a file; nothing is kept"
  ];
}

function aligned(forms: readonly Listed[]): string[] {
  const width = Math.max(...forms.map(({form}) => form.name.length));
  return forms.map(({form, origin}) => {
    const marks = [
      ...(origin === "canopy" ? [] : [`of ${origin}`]),
      ...(form.confirmation === "unconfirmed" ? [needsFile] : [])
    ];
    return `  ${form.name.padEnd(width)}  ${inert(form.description)}${marks.length === 0 ? "" : ` [${marks.join("; ")}]`}`;
  });
}

/** One form in full. */
export function formInFull({form, origin}: Listed): string[] {
  return [
    form.name,
    `  ${inert(form.description)}`,
    ...saidLines([
      ["inbox", form.feed],
      ...(origin === "canopy" ? [] : [["from", origin] as const]),
      ["checked", confirmationWords(form)],
      ["evidence", form.evidence],
      ...(isLayout(form)
        ? [...readingWords(form), ...issuedWords(form), ["columns", columnWords(form)] as const]
        : recordWords(form))
    ])
  ];
}

/** A layout as the JSON of a council's own: what it leaves out is as every layout has it. @throws CliError for a format, which is no data. */
export function formAsJson({form}: Listed): string[] {
  if (!isLayout(form))
    throw new CliError(`${form.name} is a format of records, which canopy reads by its own code: it has no JSON`);
  return tidyJson(withoutDefaults(form)).split("\n");
}

/** Whether a real file has shown that a form is read correctly. */
export const confirmationWords = ({confirmation}: Form) =>
  confirmation === "confirmed" ? "yes, by a real file or by its publisher's own description" : needsFile;

function issuedWords(form: Extract<Form, {issued: unknown}>): Said[] {
  const {issued} = form;
  if (issued === "never")
    return [["made", "the file does not say when. Where two files hold the same day, the one received later counts"]];
  const where =
    "preamble" in issued ? "the lines above the header" : "file_name" in issued ? "the name of the file" : "the file";
  return [["made", `${where} must say when. Where two files hold the same day, the one made later counts`]];
}
