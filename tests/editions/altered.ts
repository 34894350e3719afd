import {readdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {sha256Of} from "../../src/frozen/manifest.ts";
import {type Random, randomFor} from "../../src/illustrative/random.ts";

/** Files of an edition, by their path within it. */
export type Files = Map<string, Buffer>;

/** What was altered: the files that a check has to name one of. */
export interface Altered {
  readonly what: string;
  readonly files: readonly string[];
  /** Whether only the printed check value can tell. */
  readonly needsPrint?: boolean;
}

export async function filesIn(folder: string): Promise<Files> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(files.sort().map(async file => [file.slice(folder.length + 1), await readFile(file)] as const))
  );
}

/** Flips one bit of one file, each file being as likely as any other. */
export function flipBit(files: Files, number: number): {altered: Altered; file: string; bytes: Buffer} {
  const random = randomFor(20_261_129, `bit ${number}`);
  const names = [...files.keys()].filter(name => name !== "made.json" && (files.get(name)?.length ?? 0) > 0);
  const file = names[Math.trunc(random() * names.length)] as string;
  const bytes = Buffer.from(files.get(file) as Buffer);
  const at = Math.trunc(random() * bytes.length);
  bytes[at] = (bytes[at] as number) ^ (1 << Math.trunc(random() * 8));
  return {altered: {what: `bit of byte ${at}`, files: [shown(file)]}, file, bytes};
}

/** A file of an edition as a check names it. */
export const shown = (file: string) => file.replace(/^public\//, "");

interface Manifest {
  files: {path: string; sha256: string; bytes: number; has_check_value: boolean}[];
  marts: {path: string; sha256: string}[];
  [key: string]: unknown;
}

const manifestFile = "public/manifest.json";
const readManifest = (files: Files) => JSON.parse(String(files.get(manifestFile))) as Manifest;
const manifestText = (manifest: Manifest) => Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);

/** One digit of a text that is part of a number, raised by one. */
function otherDigit(text: string, random: Random, pattern = /\d+\.\d+/g): string {
  const numbers = [...text.matchAll(pattern)];
  const chosen = numbers[Math.trunc(random() * numbers.length)];
  if (chosen === undefined) throw new Error("no number to alter");
  const digit = Number(chosen[0][0]);
  return `${text.slice(0, chosen.index)}${(digit + 1) % 10}${text.slice(chosen.index + 1)}`;
}

/** A dishonest edit: what it changes, of which some work the manifest out anew, and the printed check value in the pages too. */
export function dishonestEdit(files: Files, number: number): {changed: Files; altered: Altered} {
  const random = randomFor(20_261_129, `edit ${number}`);
  const isCovered = number % 5 === 4;
  const changed: Files = new Map();
  const textOf = (file: string) => String(files.get(file));
  const pages = [...files.keys()].filter(file => file.endsWith(".html"));
  const csvs = [...files.keys()].filter(file => file.endsWith(".csv") && /\d\.\d/.test(textOf(file)));
  const pick = (names: readonly string[]) => names[Math.trunc(random() * names.length)] as string;
  const edits: readonly (() => Altered)[] = [
    () => {
      const file = pick(csvs);
      changed.set(file, Buffer.from(otherDigit(textOf(file), random)));
      return {what: "a number of a table", files: [shown(file)]};
    },
    () => {
      const file = pick(csvs);
      const lines = textOf(file).split("\n");
      lines.splice(1 + Math.trunc(random() * Math.max(lines.length - 2, 1)), 1);
      changed.set(file, Buffer.from(lines.join("\n")));
      return {what: "a row of a table taken out", files: [shown(file)]};
    },
    () => {
      const file = pick(pages);
      changed.set(file, Buffer.from(otherDigit(textOf(file), random, /\b\d[\d,.]*\b(?=[^<>]*<)/g)));
      return {what: "a number of a page", files: [shown(file)]};
    },
    () => {
      const file = pick(pages);
      changed.set(file, Buffer.from(textOf(file).replace(/a draft, as at ([^:]*):/, "final, as at $1:")));
      return {what: "a draft called final on a page", files: [shown(file)]};
    },
    () => {
      const manifest = readManifest(files);
      changed.set(manifestFile, manifestText({...manifest, status: "final"}));
      return {what: "a draft called final in the manifest", files: ["manifest.json"]};
    },
    () => {
      const manifest = readManifest(files);
      const sets = (manifest.factor_sets as number[]).map(set => set - 1);
      changed.set(manifestFile, manifestText({...manifest, factor_sets: sets}));
      return {what: "the factor sets in the manifest", files: ["manifest.json"]};
    },
    () => {
      const mart = pick([...files.keys()].filter(file => file.startsWith("marts/")));
      const bytes = Buffer.from(files.get(mart) as Buffer);
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 255;
      changed.set(mart, bytes);
      return {what: "a mart", files: [mart]};
    },
    () => {
      const file = pick([...files.keys()].filter(each => each.endsWith(".svg")));
      changed.set(file, Buffer.from(textOf(file).replace(/fill="#\w+"/, 'fill="#123456"')));
      return {what: "a colour of a picture", files: [shown(file)]};
    }
  ];
  const altered = (edits[Math.trunc(random() * edits.length)] as () => Altered)();
  return isCovered ? covered(files, changed, altered) : {changed, altered};
}

/** The edit with its tracks covered: hashes of what was altered and the check value on the pages as if it had always been so. Only a printed copy tells. */
function covered(files: Files, changed: Files, altered: Altered): {changed: Files; altered: Altered} {
  const before = sha256Of(files.get(manifestFile) as Buffer);
  const manifest = JSON.parse(String(changed.get(manifestFile) ?? files.get(manifestFile))) as Manifest;
  for (const entry of manifest.files) {
    const bytes = changed.get(`public/${entry.path}`);
    if (bytes === undefined) continue;
    const blank = entry.has_check_value ? Buffer.from(String(bytes).replaceAll(before, "0".repeat(64))) : bytes;
    Object.assign(entry, {sha256: sha256Of(blank), bytes: bytes.length});
  }
  for (const entry of manifest.marts) {
    const bytes = changed.get(`marts/${entry.path}`);
    if (bytes !== undefined) entry.sha256 = sha256Of(bytes);
  }
  // Where the edit is of nothing that the manifest lists, it lists what it says otherwise.
  const text = manifestText({...manifest, inputs: (manifest.inputs as unknown[]).slice(1)});
  changed.set(manifestFile, text);
  const after = sha256Of(text);
  for (const [file, bytes] of files)
    if (file.endsWith(".html"))
      changed.set(file, Buffer.from(String(changed.get(file) ?? bytes).replaceAll(before, after)));
  return {changed, altered: {...altered, files: ["manifest.json"], needsPrint: true}};
}

/** Writes some files of an edition anew, does something, and puts back what was there. */
export async function withChanged<T>(
  folder: string,
  files: Files,
  changed: ReadonlyMap<string, Uint8Array>,
  work: () => Promise<T>
): Promise<T> {
  for (const [file, bytes] of changed) await writeFile(join(folder, file), bytes);
  try {
    return await work();
  } finally {
    for (const file of changed.keys()) await writeFile(join(folder, file), files.get(file) as Buffer);
  }
}
