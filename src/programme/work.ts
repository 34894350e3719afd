import {join} from "node:path";
import {type Config, readConfig} from "../council/config.ts";
import {freezeEdition} from "../editions/freeze.ts";
import {type Effects, inert} from "../effects.ts";
import {CliError} from "../errors.ts";
import {thisCanopy} from "../frozen/makings.ts";
import type {Manifest} from "../frozen/manifest.ts";
import {asideOf} from "../holds.ts";
import {type Pipeline, stepsOf} from "../pipeline/pipeline.ts";
import {problemsOf, type RunResult, readPipelines, runPipelines} from "../pipeline/run.ts";
import {type Council, lakeFolder, type Programme, readCouncil} from "./folder.ts";
import {type Asked, keyOf} from "./key.ts";
import {type LakeEdition, type LakeManifest, newestOf, putEdition, readLake} from "./lake.ts";
import type {Work} from "./worker.ts";

/** What came of the work on a council. */
export interface Done {
  readonly edition: string;
  /** What a person should look at though the edition was made: files that could not be read, and the like. */
  readonly problems: readonly string[];
}

/** The edition of a council that was made from this very key, as it is asked for; null where the work is owed. */
export async function doneBefore(
  programme: string,
  {onsCode}: Pick<Council, "onsCode">,
  key: string,
  {edition, hasPages}: Pick<Asked, "edition" | "hasPages"> = {edition: null, hasPages: false}
): Promise<string | null> {
  const {editions} = await readLake(lakeFolder(programme));
  const done = editions.map(({manifest}) => manifest).filter(each => each.council === onsCode && each.key === key);
  const isFit = (each: LakeManifest) => (edition === null || each.edition === edition) && (each.has_pages || !hasPages);
  return done.findLast(isFit)?.edition ?? null;
}

/** What the work is done with. */
interface Working {
  /** The data folder by which this process writes: the council's own, or one that leads to it. */
  readonly dataFolder: string;
  readonly key: string;
  readonly asked: Asked;
  readonly effects: Effects;
}

/**
 * All that is done for a council: what has come is taken in, the models are built and proved, and the marts are frozen as an edition and put into the lake.
 *
 * @throws CliError where its archive is damaged or a mart does not build: nothing is frozen then, and the last good edition stands.
 */
export async function workOn(
  programme: Pick<Programme, "path">,
  {onsCode, folder}: Pick<Council, "onsCode" | "folder">,
  {dataFolder, key, asked, effects}: Working
): Promise<Done> {
  const config = await asOrdered(dataFolder, asked, effects);
  const result = await runPipelines(await everyStepButPublishing(), config, effects);
  const grave = gravest(result);
  if (grave.length > 0)
    throw new CliError([`${inert(folder)}: no edition was made, since`, ...grave.map(line => `  ${line}`)].join("\n"));
  const lake = lakeFolder(programme.path);
  const {editions} = await readLake(lake);
  const own = editions.filter(({manifest}) => manifest.council === onsCode);
  const manifest = await freeze(config, asked, namesFor(config.asOf, own, key), effects);
  await putEdition(
    lake,
    config,
    {
      council: onsCode,
      name: manifest.council,
      illustrative: manifest.illustrative,
      edition: manifest.name,
      status: manifest.status,
      as_of: manifest.as_of,
      canopy: await thisCanopy(),
      key,
      has_pages: asked.hasPages
    },
    asideOf(join(dataFolder, "editions", "lake"), join(dataFolder, "editions", `.lake.${process.pid}.tmp`))
  );
  return {edition: manifest.name, problems: problemsOf(result)};
}

/** The council's settings, as of the day that is asked for unless it says its own. */
async function asOrdered(dataFolder: string, {asOf}: Asked, effects: Effects): Promise<Config> {
  const config = await readConfig(dataFolder, effects.now());
  return Object.freeze({...config, asOf: config.council.as_of ?? asOf});
}

async function everyStepButPublishing(): Promise<Pipeline[]> {
  const all = [...(await readPipelines()).values()];
  return all.map(pipeline => ({
    ...pipeline,
    steps: stepsOf([pipeline]).filter(({kind}) => kind !== "publish" && kind !== "fetch")
  }));
}

/** What an edition may not be made over. */
function gravest({verified, ingests, builds}: RunResult): string[] {
  const damages = [...(verified?.damages ?? []), ...ingests.flatMap(ingest => ingest.damages)];
  return [
    ...new Set([
      ...damages.map(({file, words}) => `the archive is damaged: ${file}: ${words}`),
      ...ingests.flatMap(({clockDoubt}) =>
        clockDoubt === null ? [] : ["the clock of this computer is doubted: canopy clock"]
      ),
      ...builds.flatMap(({failures}) => failures.map(({reason}) => reason))
    ])
  ];
}

/** Freezes the edition under the name that is asked for, or the first of these that no other edition has. */
async function freeze(
  config: Config,
  {edition, hasPages}: Asked,
  names: Iterable<string>,
  effects: Effects
): Promise<Manifest> {
  for (const name of edition === null ? names : [edition]) {
    effects.progress(`freezing edition ${name}`);
    try {
      return (await freezeEdition(config, {name, status: "draft"}, effects, {hasPages})).manifest;
    } catch (error) {
      if (edition !== null || !(error instanceof CliError) || error.code !== "exists") throw error;
    }
  }
  throw new CliError("no name is left for an edition");
}

/** The day, or where the lake has an edition of it that was made from something else the day and a number: `2026-10-31-2`. */
function* namesFor(asOf: string, own: readonly LakeEdition[], key: string): Generator<string> {
  const taken = new Set(own.filter(({manifest}) => manifest.key !== key).map(({manifest}) => manifest.edition));
  for (let number = 1; number < 1000; number += 1) {
    const name = number === 1 ? asOf : `${asOf}-${number}`;
    if (!taken.has(name)) yield name;
  }
}

/**
 * What a worker does with a council. What has come since the order was given is taken in too: the edition is of what is there now, and where one of that stands
 * nothing is done.
 */
export const work: Work = async ({folder, path}, {dataFolder, programme, asked, effects}) => {
  const {onsCode} = await readCouncil(path, effects.now());
  const key = await keyOf(path, asked);
  const standing = await doneBefore(programme, {onsCode}, key, asked);
  if (standing !== null) return {edition: standing, problems: []};
  return workOn({path: programme}, {onsCode, folder}, {dataFolder, key, asked, effects});
};

/** The newest edition of each council in the lake. */
export const lastEditions = async (programme: string) => newestOf((await readLake(lakeFolder(programme))).editions);
