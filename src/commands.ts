import type {Config} from "./config.ts";
import {type Effects, inert} from "./effects.ts";
import {CliError} from "./errors.ts";
import {feeds} from "./feeds/index.ts";
import type {Layout} from "./feeds/layouts/layout.ts";
import type {RecordFormat} from "./feeds/records/record-format.ts";
import {ingest} from "./ingest/ingest.ts";
import {decide, decideAll} from "./ingest/withdraw.ts";
import {initCouncil} from "./init.ts";
import {build, checkPublished, withPublished} from "./models/build.ts";
import type {Load} from "./models/marts/loads.ts";
import type {Reject} from "./models/marts/rejects.ts";
import {named} from "./nearest.ts";
import {describeStep, stepsOf} from "./pipeline/pipeline.ts";
import {readPipelines, recorded, runPipelines, withWarehouse} from "./pipeline/run.ts";
import {keepSchedule} from "./pipeline/schedule.ts";
import {freshnessLines, readFreshness} from "./reports/freshness.ts";
import {headlineLines} from "./reports/headline.ts";
import {detectLines} from "./reports/layouts/detect-lines.ts";
import {readAllLayouts, readForms, readLayoutFile} from "./reports/layouts/forms.ts";
import {formInFull, formLines} from "./reports/layouts/list.ts";
import {nextLines} from "./reports/layouts/next.ts";
import {testLines} from "./reports/layouts/test-file.ts";
import {loadInFull, loadLine, loadsTable} from "./reports/loads.ts";
import {onTrackLines} from "./reports/on-track.ts";
import {answer, type QueryFormat} from "./reports/query.ts";
import {readSchedule, scheduleLines} from "./reports/schedule.ts";
import {energyLines, faultLines, headingOf, readStanding} from "./reports/standing.ts";
import {statusJson} from "./reports/status-json.ts";
import {summaryOf} from "./reports/summary.ts";
import {several} from "./reports/words.ts";
import {dayOf} from "./service-commands.ts";

export interface IngestOptions {
  readonly data: string;
  readonly file?: readonly string[];
  readonly layout?: string;
  readonly meterPoint?: string;
  readonly replay: boolean;
}

/** `canopy init`. */
export const init = initCouncil;

/** `canopy ingest`: a line for each file, and whether any was refused. */
export async function ingestFiles(
  config: Config,
  feedNames: readonly string[],
  options: IngestOptions,
  effects: Effects
): Promise<{lines: string[]; isRefused: boolean}> {
  for (const name of feedNames) named(feeds, "feed", name);
  const files = options.file ?? [];
  if (files.length === 0 && (options.layout !== undefined || options.meterPoint !== undefined))
    throw new CliError("--layout and --meter-point go with --file", {exitCode: 2});
  if (options.meterPoint?.trim() === "") throw new CliError("--meter-point needs a name", {exitCode: 2});
  const layout =
    options.layout === undefined ? null : named(await readFormats(config.dataFolder), "layout", options.layout);
  const chosen = feedNames.length > 0 ? feedNames : layout !== null ? [layout.feed] : [...feeds.keys()];
  const request = {
    dataFolder: config.dataFolder,
    feeds: chosen,
    files,
    layout: layout?.name ?? null,
    meterPoint: options.meterPoint ?? null,
    isReplay: options.replay
  };
  const {loads, known, growing, unreadable} = await withWarehouse(config, warehouse =>
    recorded(warehouse, "ingest", effects, runId => ingest(warehouse, request, runId, effects))
  );
  const lines = [
    ...loads.flatMap(loadLine),
    ...nextLines(loads, files, options.data),
    ...known.map(
      ({file, load}) =>
        `known already${load === null ? "" : ` as load ${load.load_id}${load.withdrawn_because === null ? "" : `, withdrawn: ${load.withdrawn_because}`}`}: ${inert(file)}`
    ),
    ...unreadable.map(({file, reason}) => `could not be opened: ${inert(file)}: ${inert(reason)}`),
    ...growing.map(file => `left for the next run, still being written: ${inert(file)}`)
  ];
  return {
    lines: lines.length > 0 ? lines : ["nothing has arrived"],
    isRefused: unreadable.length > 0 || loads.some(({outcome}) => outcome === "refused")
  };
}

/** `canopy build`. */
export async function buildMarts(config: Config, effects: Effects): Promise<string[]> {
  const {isUnchanged, models} = await withWarehouse(config, warehouse =>
    recorded(warehouse, "build", effects, () => build(warehouse, config))
  );
  return [
    isUnchanged ? "nothing has changed since the last build" : `${several(models.length, "model")} built and proved`
  ];
}

/** `canopy check`. */
export async function check(config: Config): Promise<string[]> {
  await mustBePublished(config);
  return [`${several(await checkPublished(config.dataFolder), "mart")} proved: grain, checks and contract`];
}

/** `canopy publish`. */
export async function publishAll(config: Config): Promise<string[]> {
  await mustBePublished(config);
  const {publish} = await import("./publish/publish.ts");
  const {folder, figures, tables, changed} = await publish(config);
  return [
    `${several(figures.length, "figure")} and ${several(tables.length, "table")} in ${folder}, ${changed === 0 ? "unchanged" : `${several(changed, "file")} changed`}`
  ];
}

/** `canopy run`. */
export async function run(
  config: Config,
  names: readonly string[],
  isDryRun: boolean,
  effects: Effects
): Promise<string[]> {
  const all = await readPipelines();
  const chosen = names.length > 0 ? names.map(name => named(all, "pipeline", name)) : [...all.values()];
  if (isDryRun)
    return [
      ...chosen.map(({name, description}) => `${name}: ${description}`),
      ...stepsOf(chosen).map((step, index) => `  ${index + 1}. ${describeStep(step)}`)
    ];
  const result = await runPipelines(chosen, config, effects);
  return summaryOf(
    config,
    result,
    await withPublished(config.dataFolder, connection => readStanding(connection, config.council))
  );
}

/** `canopy schedule`: whether every run succeeded. */
export function schedule(config: Config, {once}: {once: boolean}, effects: Effects): Promise<boolean> {
  return keepSchedule(config.dataFolder, once, effects);
}

/** `canopy loads`: from the published marts, so that it answers while another process writes. */
export async function listLoads(config: Config, load: string | null): Promise<string[]> {
  const number = load === null ? null : loadNumber(load);
  await mustBePublished(config);
  return withPublished(config.dataFolder, async connection => {
    if (number === null) return loadsTable(await connection.rows<Load>("select * from marts.loads order by load_id"));
    const [found] = await connection.rows<Load>("select * from marts.loads where load_id = $1", [number]);
    if (found === undefined) throw new CliError(`no load has the number ${load} in what was last built`);
    return loadInFull(
      found,
      await connection.rows<Reject>("select * from marts.rejects where load_id = $1 order by row_number", [
        found.load_id
      ])
    );
  });
}

export interface WithdrawOptions {
  readonly why: string;
  readonly undo: boolean;
  readonly layout?: string;
  readonly feed?: string;
  readonly receivedFrom?: string;
  readonly receivedTo?: string;
}

async function withdrawSeveral(
  config: Config,
  {layout, feed, receivedFrom, receivedTo}: Omit<WithdrawOptions, "why" | "undo">,
  decision: "withdrawn" | "reinstated",
  why: string,
  effects: Effects
): Promise<string[]> {
  if (layout === undefined && feed === undefined)
    throw new CliError("which: a load's number, or --layout or --feed, as canopy loads lists them", {exitCode: 2});
  const selection = {
    layout: layout === undefined ? null : named(await readFormats(config.dataFolder), "layout", layout).name,
    feed: feed === undefined ? null : named(feeds, "feed", feed).name,
    from: dayOf(receivedFrom),
    before: dayOf(receivedTo)
  };
  const decided = await withWarehouse(config, warehouse =>
    recorded(warehouse, "withdraw", effects, () =>
      decideAll(warehouse, config.dataFolder, selection, decision, why, effects)
    )
  );
  if (decided.length === 0) return ["no load is of that: canopy loads lists them"];
  return [
    ...decided.map(({load_id, file_name}) => `load ${load_id} (${inert(file_name)})`),
    `${several(decided.length, "load")} ${decision === "withdrawn" ? "out of view" : "back in view"} at the next build: canopy run, or canopy build and canopy publish`
  ];
}

/** `canopy withdraw`: one load, or all of a layout or feed and a time. */
export async function withdraw(
  config: Config,
  load: string | null,
  {why, undo, ...of}: WithdrawOptions,
  effects: Effects
): Promise<string[]> {
  if (why.trim() === "") throw new CliError("--why needs a reason", {exitCode: 2});
  const decision = undo ? "reinstated" : "withdrawn";
  if (load === null) return withdrawSeveral(config, of, decision, why, effects);
  const number = loadNumber(load);
  const decided = await withWarehouse(config, warehouse =>
    recorded(warehouse, "withdraw", effects, () => decide(warehouse, config.dataFolder, number, decision, why, effects))
  );
  return [
    `load ${number} (${inert(decided.file_name)}) is ${undo ? "back in view" : "out of view"} at the next build: canopy run, or canopy build and canopy publish`
  ];
}

/** `canopy status`: how the data and the schedule stand, and whether the schedule is kept. */
export async function status(
  config: Config,
  format: "text" | "json",
  effects: Effects
): Promise<{lines: string[]; isWell: boolean}> {
  await mustBePublished(config);
  const [standing, freshness] = await withPublished(config.dataFolder, async connection => [
    await readStanding(connection, config.council),
    await readFreshness(connection)
  ]);
  const schedule = await readSchedule(config.dataFolder, effects.now());
  const isWell = schedule?.isKept ?? true;
  if (format === "json") return {lines: [statusJson(config, standing, freshness, schedule)], isWell};
  const lines = [
    headingOf(config),
    "",
    ...headlineLines(standing.headline),
    ...onTrackLines(standing.standpoints),
    ...energyLines(standing),
    ...faultLines(standing),
    ...freshnessLines(freshness),
    ...scheduleLines(schedule)
  ];
  return {lines, isWell};
}

/** `canopy query`. */
export async function query(config: Config, sql: string, format: QueryFormat): Promise<string> {
  await mustBePublished(config);
  return answer(config.dataFolder, sql, format);
}

/** `canopy layouts`. */
export async function listLayouts(dataFolder: string, name: string | null): Promise<string[]> {
  const forms = await readForms(dataFolder);
  return name === null ? formLines([...forms.values()]) : formInFull(named(forms, "layout", name));
}

/** `canopy layouts detect`: what a file is, and whether all of it is known or drafted. */
export async function detectLayout(
  file: string,
  {data, write}: {readonly data: string; readonly write?: string},
  effects: Effects
): Promise<{lines: string[]; isKnown: boolean}> {
  const layouts = await readAllLayouts(data);
  return detectLines({path: file, layouts, dataFolder: data, write: write ?? null, now: effects.now()});
}

/** `canopy layouts test`: how a file is read by a form, named or in a file of its own. */
export async function testLayout(
  words: readonly string[],
  {data, layoutFile, meterPoint}: {readonly data: string; readonly layoutFile?: string; readonly meterPoint?: string},
  effects: Effects
): Promise<{lines: string[]; isRefused: boolean}> {
  const [file, name] = [words.at(-1), words.at(-2)];
  if (file === undefined || words.length !== (layoutFile === undefined ? 2 : 1))
    throw new CliError("canopy layouts test NAME FILE, or FILE with --layout-file PATH", {exitCode: 2});
  const draft = layoutFile === undefined ? null : await readLayoutFile(layoutFile);
  const form = draft ?? named(await readForms(data), "layout", name ?? "").form;
  const layouts = draft === null ? await readAllLayouts(data) : new Map([[draft.name, draft]]);
  const request = {path: file, layouts, meterPoint: meterPoint ?? null, dataFolder: data, now: effects.now()};
  return testLines(request, form);
}

/** Every form of file that is understood: layouts of half-hours, and formats of records. */
async function readFormats(dataFolder: string): Promise<Map<string, Layout | RecordFormat>> {
  return new Map([...(await readForms(dataFolder))].map(([name, {form}]) => [name, form]));
}

function loadNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new CliError(`a load has a number, as canopy loads lists them: ${text}`, {exitCode: 2});
  return Number(text);
}

async function mustBePublished({dataFolder}: Config): Promise<void> {
  await withPublished(dataFolder, async () => {}).catch(error => {
    throw new CliError(`nothing has been built in ${dataFolder} yet: canopy run`, {cause: error});
  });
}
