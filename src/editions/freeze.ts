import {chmod, copyFile, readFile, rm, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import type {Config} from "../council/config.ts";
import {noneWhereAbsent, writeDurably} from "../durable.ts";
import {type Effects, inert} from "../effects.ts";
import {CliError} from "../errors.ts";
import {editionsFolder} from "../frozen/editions.ts";
import {freezeMarts} from "../frozen/frozen-marts.ts";
import {type Makings, readMakings} from "../frozen/makings.ts";
import {type Manifest, manifestBytes, manifestName, type Since, sha256Of} from "../frozen/manifest.ts";
import {changesSince, lastEdition} from "../frozen/since.ts";
import {asideOf, makeFolder, putInPlace, refuseHeld} from "../holds.ts";
import {blankCheckValue} from "../publish/edition-mark.ts";
import {letAllRead, type PublishedFile} from "../publish/files.ts";
import {filesOfEdition} from "../publish/make.ts";
import type {Connection} from "../warehouse/connection.ts";
import {withPublished} from "../warehouse/published.ts";
import type {EditionMark} from "../wording/editions.ts";
import {whatKeepsItADraft} from "./readiness.ts";

/** An edition that was made, or was there already with the very same content. */
export interface Frozen {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly checkValue: string;
  readonly isNew: boolean;
}

const fit = /^[a-z0-9][a-z0-9-]{0,59}$/;

/** @throws CliError on a name that is none. */
export function checkEditionName(name: string): void {
  if (!fit.test(name))
    throw new CliError(
      `${inert(name)}: an edition's name is lower-case letters, digits and hyphens, such as summit-2026`,
      {exitCode: 2}
    );
}

/**
 * Freezes what the published marts say as an edition: figures, tables, pages and every mart beside the hashes of all that they are made from. An edition is never
 * overwritten; the same one made again is the same bytes.
 *
 * @throws CliError on an edition of that name with other content, and on a final one of marts that are not ready for it.
 */
export async function freezeEdition(
  config: Config,
  mark: EditionMark,
  effects: Pick<Effects, "now" | "progress">,
  {hasPages = true}: {readonly hasPages?: boolean} = {}
): Promise<Frozen> {
  await refuseHeld(config.dataFolder);
  const editions = editionsFolder(config.dataFolder);
  const place = join(editions, mark.name);
  const aside = asideOf(place, join(editions, `.${mark.name}.${process.pid}.tmp`));
  await rm(aside, {recursive: true, force: true});
  await makeFolder(editions);
  await makeFolder(aside);
  try {
    const before = await lastEdition(config.dataFolder, mark.name);
    const manifest = await withPublished(
      config.dataFolder,
      connection =>
        writeEdition(connection, {
          config,
          mark,
          folder: aside,
          hasPages,
          progress: effects.progress,
          since: makings => changesSince(connection, config.dataFolder, before, makings)
        }),
      {folders: [aside]}
    );
    const checkValue = sha256Of(manifestBytes(manifest));
    const there = await readFile(join(place, "public", manifestName)).catch(noneWhereAbsent);
    if (there.length > 0 && sha256Of(Buffer.from(there)) !== checkValue)
      throw new CliError(
        `there is an edition ${mark.name} already, with other content: an edition is never overwritten. Choose another name, or compare them: canopy editions compare`,
        {code: "exists"}
      );
    if (there.length === 0) {
      await writeDurably(join(aside, "made.json"), `${JSON.stringify({made_at: effects.now().toISOString()})}\n`);
      await putInPlace(aside, place);
    }
    return {folder: place, manifest, checkValue, isNew: there.length === 0};
  } finally {
    await rm(aside, {recursive: true, force: true});
  }
}

interface Making {
  readonly config: Config;
  readonly mark: EditionMark;
  readonly folder: string;
  /** Whether figures, tables and pages are drawn; without them it holds its marts alone. */
  readonly hasPages?: boolean;
  readonly progress: Effects["progress"];
  /** What changed since the edition before. */
  readonly since: (makings: Makings) => Promise<Since | null>;
}

/** Writes an edition into a folder that is empty; the manifest comes last. */
export async function writeEdition(
  connection: Connection,
  {config, mark, folder, hasPages = true, progress, since: sinceOf}: Making
): Promise<Manifest> {
  const kept = mark.status === "final" ? await whatKeepsItADraft(connection) : [];
  if (kept.length > 0)
    throw new CliError(
      [
        "an edition of this cannot be final:",
        ...kept.map(line => `  ${line}`),
        "without --final it is a draft, and says so on every page"
      ].join("\n")
    );
  const {as_of} = await connection.row<{as_of: string}>("select as_of::varchar as as_of from main.build");
  const {canopy, models, ...rests} = await readMakings(connection, config.dataFolder);
  const since = await sinceOf({canopy, models, ...rests});
  if (hasPages) progress("drawing the figures and pages");
  const publication = hasPages
    ? await filesOfEdition(connection, {...config, asOf: as_of}, {mark, since})
    : {files: [], figures: []};
  progress("writing down every mart");
  const marts = await freezeMarts(connection, join(folder, "marts"));
  const files = [...publication.files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const manifest: Manifest = {
    canopy_edition: 1,
    name: mark.name,
    status: mark.status,
    council: config.council.name,
    ons_code: config.council.ons_code,
    illustrative: config.council.illustrative !== null,
    as_of,
    canopy,
    ...rests,
    models,
    since,
    figures: publication.figures,
    files: files.map(file => ({
      path: file.path,
      sha256: sha256Of(file.bytes),
      bytes: file.bytes.length,
      has_check_value: hasCheckValue(file)
    })),
    marts
  };
  const bytes = manifestBytes(manifest);
  const checkValue = sha256Of(bytes);
  const root = join(folder, "public");
  for (const file of files)
    await put(root, file.path, hasCheckValue(file) ? printed(file.bytes, checkValue) : file.bytes);
  await put(root, manifestName, bytes);
  await letAllRead(root);
  await chmod(join(folder, "marts"), 0o700);
  return manifest;
}

const hasCheckValue = ({path, bytes}: PublishedFile) =>
  path.endsWith(".html") && Buffer.from(bytes).includes(blankCheckValue);
const printed = (page: Uint8Array, checkValue: string) =>
  Buffer.from(Buffer.from(page).toString("utf8").replaceAll(blankCheckValue, checkValue));

async function put(root: string, path: string, bytes: Uint8Array): Promise<void> {
  await makeFolder(dirname(join(root, path)));
  await writeFile(join(root, path), bytes);
}

/** Writes the checker that stands alone to a file: whoever checks an edition should not take it from the edition's own folder. */
export async function writeChecker(file: string): Promise<void> {
  await copyFile(new URL("./verify.mjs", import.meta.url), file);
}
