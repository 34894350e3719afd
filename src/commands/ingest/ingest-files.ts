import type {Config} from "../../council/config.ts";
import {type Effects, inert} from "../../effects.ts";
import {CliError} from "../../errors.ts";
import {type IngestRequest, type IngestResult, ingest} from "../../ingest/ingest.ts";
import type {LoadRecord} from "../../ingest/ledger.ts";
import {wordsAlone} from "../../ingest/reading.ts";
import {clockText, leftOutText, strayFiles} from "../../pipeline/health.ts";
import {asRun, ingestProblems} from "../../pipeline/run.ts";
import {feeds} from "../../sources/feeds.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {several} from "../../wording/numbers.ts";
import type {Answer} from "../kit/command.ts";
import {loadNumber} from "../kit/given.ts";
import {named} from "../kit/nearest.ts";
import {readFormats} from "../layouts/forms.ts";
import {nextLines} from "../layouts/next.ts";
import {rejectLines} from "../layouts/test-file.ts";
import {loadLine} from "../loads/load-lines.ts";
import {damageLines, healedLines} from "../verify/lines.ts";

export interface IngestOptions {
  readonly data: string;
  readonly file?: readonly string[];
  readonly layout?: string;
  readonly meterPoint?: string;
  readonly replay: boolean;
  readonly tryAgain?: readonly string[];
}

/**
 * Takes in what has arrived, or files named by hand: a line for each file and, of those named, the first rows that were rejected. Exit code 1 where a
 * file named by hand was refused, or nothing of it landed, or where deliveries could not be judged.
 */
export async function ingestFiles(
  config: Config,
  feedNames: readonly string[],
  options: IngestOptions,
  effects: Effects
): Promise<Answer> {
  const request = await requestOf(config.dataFolder, feedNames, options);
  const isByHand = request.files.length > 0;
  const noted = {name: "ingest", problemsOf: ({result}: {result: IngestResult}) => ingestProblems(result)};
  const {result, rejects} = await asRun(config, noted, effects, async (warehouse, runId) => {
    const done = await ingest(warehouse, request, runId, effects);
    const shown = isByHand ? await rejectsOf(warehouse.connection, done.loads) : new Map<number, string[]>();
    return {result: done, rejects: shown};
  });
  const strays = isByHand ? [] : await strayFiles(config.dataFolder);
  const lines = [
    ...linesOf(result, request.files, options.data, rejects, effects.now()),
    ...strays.map(file => `in no feed's folder, so not read: ${inert(file)}`)
  ];
  return {
    lines: lines.length > 0 ? lines : ["no new files in the inbox"],
    code:
      strays.length > 0 ||
      ingestProblems({...result, unreadable: []}).length > 0 ||
      (isByHand && (result.unreadable.length > 0 || hasNothing(result.loads)))
        ? 1
        : 0
  };
}

async function rejectsOf(connection: Connection, loads: readonly LoadRecord[]): Promise<Map<number, string[]>> {
  const rejected = loads.filter(load => load.rows_rejected + load.cells_rejected > 0);
  const lines = new Map<number, string[]>();
  for (const load of rejected) lines.set(load.load_id, await rejectLines(connection, load));
  return lines;
}

/** Whether a part of a file was refused, other than a sheet of words beside tables, or nothing landed of a file. */
function hasNothing(loads: readonly LoadRecord[]): boolean {
  const isWords = ({reason}: LoadRecord) => reason === wordsAlone;
  const files = new Set(loads.map(({sha256}) => sha256));
  return (
    loads.some(load => load.outcome === "refused" && !isWords(load)) ||
    [...files].some(file => loads.every(load => load.sha256 !== file || load.rows_landed + load.rows_duplicate === 0))
  );
}

async function requestOf(
  dataFolder: string,
  feedNames: readonly string[],
  {file: files = [], layout: layoutName, meterPoint, replay, tryAgain = []}: IngestOptions
): Promise<IngestRequest> {
  for (const name of feedNames) named(feeds, "feed", name);
  if (files.length === 0 && (layoutName !== undefined || meterPoint !== undefined))
    throw new CliError("--layout and --meter-point can only be used with --file", {exitCode: 2});
  if (meterPoint?.trim() === "") throw new CliError("--meter-point is empty: give the meter's number", {exitCode: 2});
  const layout = layoutName === undefined ? null : named(await readFormats(dataFolder), "layout", layoutName);
  const chosen = feedNames.length > 0 ? feedNames : layout !== null ? [layout.feed] : [...feeds.keys()];
  return {
    dataFolder,
    feeds: chosen,
    files,
    layout: layout?.name ?? null,
    meterPoint: meterPoint ?? null,
    isReplay: replay,
    tryAgain: tryAgain.map(loadNumber)
  };
}

/** Files that failed and are tried again by the next run, and those that are left out, with what tries them again. */
export const tooMuchLines = (tooMuch: IngestResult["tooMuch"]): string[] =>
  tooMuch.map(tried =>
    tried.isLeftOut
      ? leftOutText(tried)
      : `failed ${several(tried.times, "time")}, and the next run tries again: ${inert(tried.file_name)}: ${inert(tried.reason)}`
  );

/** What deliveries could not be judged for. */
export const unaskedLine = ({kind, reason}: IngestResult["unasked"][number]) =>
  `deliveries could not be judged for ${kind}, and are judged again by the next ingest: ${inert(reason)}`;

function linesOf(
  {loads, known, growing, unreadable, unasked, damages, healed, clockDoubt, tooMuch}: IngestResult,
  files: readonly string[],
  data: string,
  rejects: ReadonlyMap<number, readonly string[]>,
  now: Date
): string[] {
  const knownAs = (load: IngestResult["known"][number]["load"]) =>
    load === null
      ? ""
      : ` as load ${load.load_id}${load.withdrawn_because === null ? "" : `, withdrawn: ${load.withdrawn_because}`}`;
  return [
    ...loads.flatMap(load => [...loadLine(load), ...(rejects.get(load.load_id) ?? [])]),
    ...nextLines(loads, files, data),
    ...known.map(({file, load}) => `already read${knownAs(load)}: ${inert(file)}`),
    ...unreadable.map(({file, reason}) => `could not be opened: ${inert(file)}: ${inert(reason)}`),
    ...growing.map(file => `still being written, so left for the next run: ${inert(file)}`),
    ...tooMuchLines(tooMuch),
    ...unasked.map(unaskedLine),
    ...healedLines(healed),
    ...damageLines(damages),
    ...(clockDoubt === null ? [] : [clockText(clockDoubt, now)])
  ];
}
