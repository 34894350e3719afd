import {mkdir, readdir, readFile, stat} from "node:fs/promises";
import {basename, join, resolve} from "node:path";
import {z} from "zod";
import {type Config, readConfig} from "../council/config.ts";
import {noneWhereAbsent, writeDurably} from "../durable.ts";
import {inert} from "../effects.ts";
import {CliError, messageOf} from "../errors.ts";

/**
 * A programme is a folder of councils, each a data folder as one council alone has it. What crosses councils stands beside them: `programme.json`, the lake
 * of every edition's tables, and the roll-up that is made from it.
 */
export interface Programme {
  readonly path: string;
  readonly name: string;
  /** By folder, in the order of their names. */
  readonly councils: readonly Council[];
}

/** A council of a programme. */
export interface Council {
  /** Its folder within the programme's. */
  readonly folder: string;
  readonly path: string;
  readonly name: string;
  readonly onsCode: string;
  readonly config: Config;
}

const settingsSchema = z.strictObject({name: z.string().min(1)});
const settingsFile = "programme.json";

/** Folders of a programme that are no council's. */
const ofProgramme = ["lake", "rollup"];

export const lakeFolder = (programme: string) => join(programme, "lake");
export const rollupFolder = (programme: string) => join(programme, "rollup");

/** Makes a programme in a folder that has none. */
export async function initProgramme(folder: string, name: string): Promise<string[]> {
  const path = resolve(folder);
  if (await isThere(join(path, settingsFile)))
    throw new CliError(`${folder} already is a programme, so nothing was written`);
  await mkdir(path, {recursive: true});
  await writeDurably(join(path, settingsFile), `${JSON.stringify({name}, null, 2)}\n`);
  return [
    `The programme ${inert(name)} is ready in ${folder}.`,
    "",
    `1. canopy councils add ${folder} stockport --name "Stockport Council" --ons-code E08000007`,
    "   for each council; or put a council's data folder there as it is.",
    `2. canopy councils run ${folder}`,
    `3. canopy rollup ${folder}`
  ];
}

/**
 * Reads a programme and every council of it, before any work begins.
 *
 * @throws CliError that names every folder that is no council, every council without an ONS code, and codes that two have.
 */
export async function readProgramme(folder: string, now: Date): Promise<Programme> {
  const {programme, faults} = await lookAtProgramme(folder, now);
  if (faults.length > 0)
    throw new CliError([`${folder}: nothing was begun, since`, ...faults.map(fault => `  ${fault}`)].join("\n"));
  return programme;
}

/** The same, with what is wrong beside what is not: for looking. */
export async function lookAtProgramme(
  folder: string,
  now: Date
): Promise<{programme: Programme; faults: readonly string[]}> {
  const path = resolve(folder);
  const {name} = await readSettings(path, folder);
  const entries = await readdir(path, {withFileTypes: true});
  const folders = entries
    .filter(entry => entry.isDirectory() && !entry.name.startsWith(".") && !ofProgramme.includes(entry.name))
    .map(entry => entry.name)
    .sort();
  const read = await Promise.all(folders.map(each => readCouncil(join(path, each), now).catch(messageOf)));
  const councils = read.filter(each => typeof each !== "string");
  return {
    programme: {path, name, councils},
    faults: [...read.filter(each => typeof each === "string"), ...codesTwice(councils)]
  };
}

async function readSettings(path: string, asked: string): Promise<z.infer<typeof settingsSchema>> {
  const text = await readFile(join(path, settingsFile), "utf8").catch(noneWhereAbsent);
  if (typeof text !== "string")
    throw new CliError(
      `${asked} is no programme: it has no ${settingsFile}\nmake one with: canopy councils init ${asked}`
    );
  try {
    return settingsSchema.parse(JSON.parse(text));
  } catch (error) {
    const words = error instanceof z.ZodError ? z.prettifyError(error) : "not JSON";
    throw new CliError(`${join(path, settingsFile)}: ${words}`, {cause: error});
  }
}

/** A council by its folder. @throws CliError where it is none, or the lake could not know it. */
export async function readCouncil(path: string, now: Date): Promise<Council> {
  const folder = basename(path);
  if (!(await isThere(join(path, "council", "council.json"))))
    throw new CliError(
      `${inert(folder)} is no council: it has no council/council.json. Take it out, or make it one: canopy councils add`
    );
  const config = await readConfig(path, now);
  const {name, ons_code: onsCode} = config.council;
  if (onsCode === null)
    throw new CliError(
      `${inert(folder)} (${inert(name)}) has no ons_code in council/council.json, by which the lake knows it`
    );
  return {folder, path, name, onsCode, config};
}

function codesTwice(councils: readonly Council[]): string[] {
  const byCode = new Map<string, string[]>();
  for (const {onsCode, folder} of councils) byCode.set(onsCode, [...(byCode.get(onsCode) ?? []), folder]);
  return [...byCode].flatMap(([code, folders]) =>
    folders.length < 2 ? [] : [`${folders.map(inert).join(" and ")} have one ONS code, ${code}`]
  );
}

/** Makes a new council in a programme, refused where its folder or its code is taken. */
export async function addCouncil(
  programme: string,
  folder: string,
  {name, onsCode, make}: {name: string; onsCode: string; make: (path: string) => Promise<unknown>},
  now: Date
): Promise<string[]> {
  const {programme: known} = await lookAtProgramme(programme, now);
  if (folder !== basename(folder) || !/^[\w][\w-]{0,59}$/.test(folder) || ofProgramme.includes(folder))
    throw new CliError(
      `${inert(folder)}: a council's folder is a name of letters, digits and hyphens, such as stockport`,
      {
        exitCode: 2
      }
    );
  if (!/^[EWSN]\d{8}$/.test(onsCode))
    throw new CliError(`${inert(onsCode)}: an ONS code is a letter and eight digits, such as E08000007`, {exitCode: 2});
  const same = known.councils.find(council => council.onsCode === onsCode);
  if (same !== undefined)
    throw new CliError(`${onsCode} is the ONS code of ${same.folder} already: nothing was written`, {exitCode: 2});
  await make(join(known.path, folder));
  return [
    `${inert(name)} is ready in ${join(programme, folder)}: its registers are in council/, and supplier files go into inbox/.`
  ];
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false
  );
