import {mkdir, writeFile} from "node:fs/promises";
import {join, relative, resolve} from "node:path";
import {readConfig} from "../../council/config.ts";
import {inert} from "../../effects.ts";
import {CliError} from "../../errors.ts";
import {inboxFolder} from "../../ingest/ingest.ts";
import {wordsAlone} from "../../ingest/reading.ts";
import {type Draft, draftLayout} from "../../layouts/draft/draft.ts";
import {tableIn} from "../../layouts/draft/table.ts";
import {headedAs} from "../../layouts/form-of.ts";
import type {Layout} from "../../layouts/layout.ts";
import {estateEnergy, feeds} from "../../sources/feeds.ts";
import {recordFormats} from "../../sources/formats.ts";
import {type Detected, detectFile, differenceAt} from "./detect.ts";
import {type Form, isLayout, readingWords, recordWords, type Said} from "./format-words.ts";
import {confirmationWords} from "./list.ts";
import {dataOption, numberedLines, paragraph, saidLines, typed} from "./said.ts";
import {withScratch} from "./scratch.ts";
import {countWords, rejectLines} from "./test-file.ts";
import {tryFile} from "./trial.ts";

export interface DetectRequest {
  readonly path: string;
  readonly layouts: ReadonlyMap<string, Layout>;
  readonly dataFolder: string;
  /** The name to write a draft under; null prints it. */
  readonly write: string | null;
  readonly now: Date;
}

/** What a file is, in lines; where nothing fits, a draft of its layout. `isKnown` is whether every part fits or is drafted. */
export async function detectLines(request: DetectRequest): Promise<{lines: string[]; isKnown: boolean}> {
  const {path, layouts, dataFolder, write} = request;
  if (write !== null) {
    await readConfig(dataFolder, request.now);
    checkName(write, layouts);
  }
  const inbox = inboxOf(path, dataFolder);
  const parts = await withScratch(dataFolder, scratch => detectFile(path, layouts, scratch, inbox?.feed ?? null));
  const trials = new Map<Detected, Trial>();
  for (const part of parts) trials.set(part, await trialOf(part, request, inbox?.meter ?? null));
  const drafted = parts.map(part => ({part, draft: draftOf(part, request)}));
  const drafts = drafted.flatMap(({draft}) => (draft !== null && "json" in draft ? [draft] : []));
  const [draft] = drafts;
  const of = drafted.find(each => each.draft === draft)?.part;
  const lines = drafted.flatMap(each => [
    ...partLines(each.part, each.draft, drafts, {...request, trial: trials.get(each.part)}),
    ""
  ]);
  const trial = draft === undefined || of === undefined ? [] : await trialLines(draft, of, request);
  const end = draft === undefined ? undrafted(write) : await draftEnd(draft, request);
  return {
    lines: [...lines, ...trial, ...end]
      .join("\n")
      .replaceAll(/\n{3,}/g, "\n\n")
      .trimEnd()
      .split("\n"),
    isKnown: withNumbers(drafted).every(
      each => trials.get(each.part)?.isRead === true || (each.draft !== null && "json" in each.draft)
    )
  };
}

function checkName(name: string, layouts: ReadonlyMap<string, Layout>): void {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || name.length > 80)
    throw new CliError(`a layout's name is lower-case words joined by hyphens, such as acme-portal: ${name}`, {
      exitCode: 2
    });
  if (layouts.has(name) || recordFormats.has(name))
    throw new CliError(`nothing was written: a layout named ${name} exists already. Choose another name`);
}

type MaybeDraft = ReturnType<typeof draftLayout> | null;

function draftOf({fileName, finding}: Detected, {path, dataFolder, write}: DetectRequest): MaybeDraft {
  if (finding.is !== "unknown") return null;
  return draftLayout(finding.text, {
    name: write ?? nameFrom(fileName),
    fileName,
    feed: inboxOf(path, dataFolder)?.feed ?? estateEnergy.name
  });
}

/** The parts of a file without its sheets of words, where there are others. */
function withNumbers<Of extends {readonly part: Detected}>(parts: readonly Of[]): readonly Of[] {
  const tables = parts.filter(({part: {finding}}) => finding.is !== "unreadable" || finding.reason !== wordsAlone);
  return tables.length > 0 ? tables : parts;
}

/** The feed of a file that stands in an inbox, and the meter that its folder there names; null where it does not. */
function inboxOf(path: string, dataFolder: string): {feed: string; meter: string | null} | null {
  const [feed = "", meter = "", ...rest] = relative(inboxFolder(dataFolder), resolve(path)).split(/[/\\]/);
  return feeds.has(feed) ? {feed, meter: rest.length > 0 ? meter : null} : null;
}

/** What became of a part when it was read as ingest would read it. */
interface Trial {
  readonly isRead: boolean;
  readonly lines: readonly string[];
}

/** Reads a part that a form fits, so that "fits" is said of its rows and not of its header alone. */
async function trialOf({part, finding}: Detected, request: DetectRequest, meter: string | null): Promise<Trial> {
  if (finding.is !== "records" && finding.is !== "layout") return {isRead: false, lines: []};
  const {path, layouts, dataFolder, now} = request;
  const isGiven = finding.is === "layout" && finding.layout.meter === "given";
  const meterPoint = meter ?? (isGiven ? "trial" : null);
  const tried = {path, form: {name: null, feed: finding.feed}, layouts, meterPoint, dataFolder, now, part};
  const [trial] = await tryFile(tried, async (connection, load): Promise<Trial> => {
    if (load.outcome === "refused")
      return {isRead: false, lines: saidLines([["but", `it would be refused: ${load.reason ?? ""}`]])};
    const rejects = await rejectLines(connection, load);
    return {
      isRead: load.rows_landed > 0 || load.rows_rejected === 0,
      lines: [...saidLines([["rows", countWords(load)]]), ...rejects]
    };
  });
  return trial ?? {isRead: false, lines: []};
}

/** A name for a draft, from that of its file without its digits, which are dates and meters. */
function nameFrom(fileName: string): string {
  const words =
    fileName
      .toLowerCase()
      .replace(/\.[a-z0-9]+$/, "")
      .match(/[a-z]+/g) ?? [];
  return words.join("-").slice(0, 40).replace(/-+$/, "") || "draft";
}

function partLines(
  detected: Detected,
  draft: MaybeDraft,
  drafts: readonly Draft[],
  request: DetectRequest & {readonly trial: Trial | undefined}
): string[] {
  const {part, fileName, finding} = detected;
  const title = inert(part === null ? fileName : `${fileName} (within ${typed(request.path)})`);
  const [first] = drafts;
  switch (finding.is) {
    case "unreadable":
      return [title, ...saidLines([["is", finding.reason]])];
    case "several":
      return [title, ...saidLines([["fits", finding.reason]])];
    case "records":
      return [title, ...fitLines(finding.format, recordBecause, request)];
    case "layout":
      return [title, ...fitLines(finding.layout, layoutBecause(finding.layout, finding.headerLine), request)];
    case "unknown":
      return [
        title,
        ...saidLines([
          ["fits", noneWords(request.layouts)],
          ["nearest", nearestWords(finding, request.layouts)]
        ]),
        ...draftWords(finding.text, draft, first)
      ];
  }
}

/** The layout whose header is the nearest, and the difference; rows of readings are not taken for headers. */
function nearestWords(
  {text, nearest}: Extract<Detected["finding"], {is: "unknown"}>,
  layouts: DetectRequest["layouts"]
): string {
  const table = tableIn(text);
  if ("reason" in table) return nearest ?? "none: no layout has any of its columns";
  if (table.headerLine === 0) return "not known: it has no column headings";
  return differenceAt(text, table.headerLine, [...layouts.values()]) ?? "none: no layout has any of its columns";
}

const noneWords = (layouts: ReadonlyMap<string, Layout>) =>
  `none of the ${layouts.size} layouts of half-hours and ${recordFormats.size} formats of records`;

const recordBecause = "it begins as this format does, and as no other does";

function layoutBecause({unfold, header}: Layout, headerLine: number): string {
  if (unfold !== undefined) return "it begins as this kind of file does, and as no other does";
  if (headerLine === 0) return "it has no column headings, and its first row matches the rows of this layout";
  return `line ${headerLine} has the column headings of this layout${header === "order" ? ", column for column" : ", by the names of its columns"}`;
}

function fitLines(
  form: Form,
  because: string,
  {path, dataFolder, trial}: DetectRequest & {readonly trial: Trial | undefined}
): string[] {
  const needsMeter = isLayout(form) && form.meter === "given" ? " --meter-point ID" : "";
  const words: Said[] = [
    ["fits", `${form.name}: ${form.description}`],
    ["because", because],
    ["inbox", form.feed],
    ...(isLayout(form) ? readingWords(form) : [...recordWords(form), ["evidence", form.evidence] as const]),
    ["checked", confirmationWords(form)]
  ];
  return [
    ...saidLines(words),
    ...(trial?.lines ?? []),
    `  next        canopy layouts test ${form.name} ${typed(path)}${needsMeter}${dataOption(dataFolder)}`,
    `              canopy ingest --file ${typed(path)}${needsMeter}${dataOption(dataFolder)}`
  ];
}

const noDraftWords =
  "Only half-hourly files of meters can be drafted. For other records, ask the sender for a form that canopy layouts lists.";

function draftWords(text: string, draft: MaybeDraft, first: Draft | undefined): string[] {
  if (draft === null) return [];
  if ("reason" in draft)
    return saidLines([
      ["draft", `not possible: ${draft.reason}`],
      ["", noDraftWords]
    ]);
  if (first !== undefined && draft !== first)
    return saidLines([
      [
        "draft",
        "layout" in headedAs(text, [first.layout])
          ? "the one above fits this too"
          : "it needs another draft than the one above: run detect on this file by itself"
      ]
    ]);
  return [
    "",
    "Here is a draft layout. What the file shows:",
    ...saidLines(draft.found),
    "",
    ...(draft.undecided.length === 0
      ? ["There is nothing left for you to decide."]
      : ["You must decide:", ...numberedLines(draft.undecided)]),
    ""
  ];
}

/** What the draft makes of its file, so that nobody is left with one that does not work. */
async function trialLines(draft: Draft, {part}: Detected, request: DetectRequest): Promise<string[]> {
  const {path, dataFolder, now} = request;
  const layouts = new Map([[draft.layout.name, draft.layout]]);
  const meterPoint = draft.layout.meter === "given" ? "trial" : null;
  const tried = {path, form: draft.layout, layouts, meterPoint, dataFolder, now, part};
  const [lines] = await tryFile(tried, async (connection, load) =>
    load.outcome === "refused"
      ? [`The draft was tried and cannot read the file: ${inert(load.reason ?? "")}`]
      : [
          `The draft was tried on the file: ${countWords(load)}.`,
          ...(await rejectLines(connection, load)).map(line => line.slice(10))
        ]
  );
  return [...(lines ?? []), ""];
}

const undrafted = (write: string | null) =>
  write === null ? [] : ["Nothing was written, because there is nothing to draft."];

async function draftEnd(draft: Draft, {path, dataFolder, write}: DetectRequest): Promise<string[]> {
  const given = draft.layout.meter === "given" ? " --meter-point ID" : "";
  if (write === null)
    return [
      ...paragraph(
        `To keep the draft: canopy layouts detect ${typed(path)} --write ${draft.layout.name}${dataOption(dataFolder)}`
      ),
      "",
      draft.json
    ];
  const to = join(dataFolder, "council", "layouts", `${write}.json`);
  await writeNew(to, draft.json);
  return [
    `The draft is written to ${to}`,
    "",
    "Next:",
    `  1. Open it in a text editor${draft.undecided.length === 0 ? "" : ', and correct what you must decide. Under "evidence" say how you know'}.`,
    `  2. canopy layouts test ${write} ${typed(path)}${given}${dataOption(dataFolder)}`,
    `  3. canopy ingest${dataOption(dataFolder)}   (from now on it reads files of this form, and those it refused before)`
  ];
}

async function writeNew(path: string, text: string): Promise<void> {
  await mkdir(join(path, ".."), {recursive: true});
  await writeFile(path, text, {flag: "wx"}).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") throw new CliError(`nothing was written: ${path} exists already`);
    throw error;
  });
}
