import {readdir, readFile} from "node:fs/promises";
import {join, resolve} from "node:path";
import {z} from "zod";
import type {Config} from "../council/config.ts";
import {noneWhereAbsent, sizeOf} from "../durable.ts";
import {CliError} from "../errors.ts";
import {marts} from "../models/marts/index.ts";
import type {Connection} from "../warehouse/connection.ts";
import {firstOf} from "../wording/lists.ts";
import {nearestOf} from "../wording/nearest.ts";
import {withFrozenMarts} from "./frozen-marts.ts";
import {type Manifest, manifestName, manifestSchema, sha256Of} from "./manifest.ts";

/** Where the editions of a data folder lie, each in a folder of its name. */
export const editionsFolder = (dataFolder: string): string => join(dataFolder, "editions");

/** An edition as its folder has it. */
export interface Edition {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly checkValue: string;
  /** When it was made; null where nothing says so. */
  readonly madeAt: Date | null;
}

const madeSchema = z.object({made_at: z.iso.datetime()});

/** The editions of a data folder, the oldest first. One that cannot be read is named by its folder alone. */
export async function readEditions(dataFolder: string): Promise<{editions: Edition[]; unreadable: string[]}> {
  const root = editionsFolder(dataFolder);
  const names = (await readdir(root).catch(noneWhereAbsent)).filter(name => !name.startsWith(".")).sort();
  const read = await Promise.all(names.map(async name => readEdition(join(root, name)).catch(() => name)));
  const editions = read.filter(each => typeof each !== "string");
  editions.sort((a, b) => (a.madeAt?.getTime() ?? 0) - (b.madeAt?.getTime() ?? 0));
  return {editions, unreadable: read.filter(each => typeof each === "string")};
}

/** Reads what an edition says of itself; whether its files are as they were made is not looked at. */
export async function readEdition(folder: string): Promise<Edition> {
  const bytes = await readFile(join(folder, "public", manifestName));
  const made = await readFile(join(folder, "made.json"), "utf8").catch(() => "{}");
  return {
    folder,
    manifest: manifestSchema.parse(JSON.parse(bytes.toString())),
    checkValue: sha256Of(bytes),
    madeAt: madeAt(made)
  };
}

function madeAt(text: string): Date | null {
  try {
    return new Date(madeSchema.parse(JSON.parse(text)).made_at);
  } catch {
    return null;
  }
}

/** The folder of an edition: of this name in the data folder, or this very folder. */
export async function folderOfEdition(dataFolder: string, asked: string): Promise<string> {
  const own = join(editionsFolder(dataFolder), asked);
  for (const folder of [own, resolve(asked)])
    if (
      (await sizeOf(join(folder, "public", manifestName))) !== null ||
      (await sizeOf(join(folder, manifestName))) !== null
    )
      return folder;
  const {editions} = await readEditions(dataFolder);
  const names = editions.map(({manifest}) => manifest.name);
  const near = nearestOf(asked, names);
  throw new CliError(
    names.length === 0
      ? `there is no edition ${asked}. To make one: canopy publish --edition NAME`
      : `there is no edition ${asked}${near === null ? "" : `: perhaps ${near}`}. To list them: canopy editions`,
    {exitCode: 2}
  );
}

/** Runs work on the marts of an edition of this data folder as if they were the published ones. */
export async function withEdition<T>(
  {dataFolder}: Pick<Config, "dataFolder">,
  name: string,
  work: (connection: Connection, edition: Edition) => Promise<T>
): Promise<T> {
  const edition = await readEdition(await folderOfEdition(dataFolder, name));
  return withFrozenMarts(join(edition.folder, "marts"), edition.manifest.marts, connection =>
    work(connection, edition)
  ).catch(error => {
    const lacks = columnsLacking(edition.manifest);
    if (lacks.length === 0 || error instanceof CliError) throw error;
    throw new CliError(
      `edition ${edition.manifest.name} was made by an earlier canopy (${edition.manifest.canopy.version}, ${edition.manifest.canopy.sources.slice(0, 12)}…), whose marts do not have ${firstOf(lacks, 3)}. It holds as it is; what is asked of it needs the canopy that made it`,
      {cause: error}
    );
  });
}

/** Columns that marts have now and those of an edition do not. */
function columnsLacking({marts: frozen}: Manifest): string[] {
  const columns = new Set(frozen.flatMap(({name, columns}) => columns.map(column => `${name}.${column.name}`)));
  return [...marts.values()].flatMap(({name, row}) =>
    Object.keys(row.shape)
      .map(column => `marts.${name}.${column}`)
      .filter(column => !columns.has(column))
  );
}
