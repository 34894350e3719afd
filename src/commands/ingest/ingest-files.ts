import type {Config} from "../../council/config.ts";
import {type Effects, inert} from "../../effects.ts";
import {CliError} from "../../errors.ts";
import {type IngestRequest, type IngestResult, ingest} from "../../ingest/ingest.ts";
import {recorded, withWarehouse} from "../../pipeline/run.ts";
import {feeds} from "../../sources/feeds.ts";
import type {Answer} from "../kit/command.ts";
import {named} from "../kit/nearest.ts";
import {readFormats} from "../layouts/forms.ts";
import {nextLines} from "../layouts/next.ts";
import {loadLine} from "../loads/load-lines.ts";

export interface IngestOptions {
  readonly data: string;
  readonly file?: readonly string[];
  readonly layout?: string;
  readonly meterPoint?: string;
  readonly replay: boolean;
}

/** Takes in what has arrived, or files named by hand: a line for each file. Exit code 1 where a file named by hand was refused. */
export async function ingestFiles(
  config: Config,
  feedNames: readonly string[],
  options: IngestOptions,
  effects: Effects
): Promise<Answer> {
  const request = await requestOf(config.dataFolder, feedNames, options);
  const result = await withWarehouse(config, warehouse =>
    recorded(warehouse, "ingest", effects, runId => ingest(warehouse, request, runId, effects))
  );
  const lines = linesOf(result, request.files, options.data);
  const isRefused = result.unreadable.length > 0 || result.loads.some(({outcome}) => outcome === "refused");
  return {
    lines: lines.length > 0 ? lines : ["no new files in the inbox"],
    code: isRefused && request.files.length > 0 ? 1 : 0
  };
}

async function requestOf(
  dataFolder: string,
  feedNames: readonly string[],
  {file: files = [], layout: layoutName, meterPoint, replay}: IngestOptions
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
    isReplay: replay
  };
}

function linesOf({loads, known, growing, unreadable}: IngestResult, files: readonly string[], data: string): string[] {
  const knownAs = (load: IngestResult["known"][number]["load"]) =>
    load === null
      ? ""
      : ` as load ${load.load_id}${load.withdrawn_because === null ? "" : `, withdrawn: ${load.withdrawn_because}`}`;
  return [
    ...loads.flatMap(loadLine),
    ...nextLines(loads, files, data),
    ...known.map(({file, load}) => `already read${knownAs(load)}: ${inert(file)}`),
    ...unreadable.map(({file, reason}) => `could not be opened: ${inert(file)}: ${inert(reason)}`),
    ...growing.map(file => `still being written, so left for the next run: ${inert(file)}`)
  ];
}
