#!/usr/bin/env node
// Checks an edition of canopy against its own manifest, with Node alone: no database, no network, no other file of canopy.
//   node verify.mjs FOLDER [--expect CHECK-VALUE]
// FOLDER holds manifest.json, or a folder `public` that does. CHECK-VALUE is what a page or slide of the edition has printed: with it, a manifest that was worked
// out anew is seen too. Exit code 0 where all is as it was made, 1 where not.
import {createHash} from "node:crypto";
import {lstat, readdir, readFile} from "node:fs/promises";
import {dirname, join, relative, sep} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";

const blank = "0".repeat(64);
/** Whether a printed check value is this one: all of it, or the beginning that a slide has room for. */
const isOf = (printed, checkValue) => printed.length >= 16 && checkValue.startsWith(printed.toLowerCase());
const isHash = value => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const sha256 = bytes => createHash("sha256").update(bytes).digest("hex");
/** A path within a folder: no way out of it, no other name for the same place. */
const isPath = path =>
  typeof path === "string" &&
  path !== "" &&
  path.split("/").every(part => /^[\w.-]+$/.test(part) && !/^\.+$/.test(part));

/**
 * Holds an edition against its manifest. `folder` holds the manifest, or a folder `public` that does; `expect` is a printed check value, or null.
 * Gives the check value of the manifest, what it says of itself, how many files are as they were made, and what is not.
 */
export async function verifyEdition(folder, expect = null) {
  const faults = [];
  const fault = (file, what) => faults.push({file, what});
  const inner = join(folder, "public");
  const root = (await isFile(join(inner, "manifest.json"))) ? inner : folder;
  const bytes = await readFile(join(root, "manifest.json")).catch(() => null);
  const none = {checkValue: null, manifest: null, asMade: 0, isWithMarts: false, faults};
  if (bytes === null) {
    fault("manifest.json", "missing");
    return none;
  }
  const checkValue = sha256(bytes);
  if (expect !== null && !isOf(expect, checkValue))
    fault("manifest.json", `not the manifest of the check value that was printed: its own is ${checkValue}`);
  const manifest = parse(bytes.toString("utf8"));
  if (manifest === null) {
    fault("manifest.json", "cannot be read as the manifest of an edition");
    return {...none, checkValue};
  }
  const wrong = await wrongFiles(root, manifest.files, checkValue);
  for (const {file, what} of wrong) fault(file, what);
  const pages = manifest.files.filter(file => file.has_check_value).length;
  const others = wrong.flatMap(({printed}) => (printed === null ? [] : [printed]));
  if (
    pages > 0 &&
    others.length === pages &&
    new Set(others).size === 1 &&
    (expect === null || !isOf(expect, checkValue))
  )
    fault("manifest.json", `altered after its pages were made: all were printed with the check value ${others[0]}`);
  const marts = join(dirname(root), "marts");
  const isWithMarts = root === inner && (await isFolder(marts));
  const wrongMarts = isWithMarts ? await wrongFiles(marts, manifest.marts, checkValue) : [];
  for (const {file, what} of wrongMarts) fault(`marts/${file}`, what);
  await nothingElse(root, ["manifest.json", ...manifest.files.map(({path}) => path)], fault);
  if (isWithMarts)
    await nothingElse(
      marts,
      manifest.marts.map(({path}) => path),
      fault,
      "marts/"
    );
  const all = manifest.files.length + (isWithMarts ? manifest.marts.length : 0);
  return {checkValue, manifest, asMade: all - wrong.length - wrongMarts.length, isWithMarts, faults};
}

function parse(text) {
  try {
    const manifest = JSON.parse(text);
    const isList = list => Array.isArray(list) && list.every(({path, sha256}) => isPath(path) && isHash(sha256));
    const isEdition =
      manifest.canopy_edition === 1 && isList(manifest.files) && isList(manifest.marts) && manifest.files.length > 0;
    return isEdition ? manifest : null;
  } catch {
    return null;
  }
}

async function wrongFiles(root, files, checkValue) {
  const wrong = [];
  for (const file of files) {
    const what = await whatIsWrong(root, file, checkValue);
    if (what !== null) wrong.push({file: file.path, printed: null, ...what});
  }
  return wrong;
}

/** What is wrong with a file; null where it is as it was made. `printed` is the check value that a page was made with, where it is another than the manifest's. */
async function whatIsWrong(root, file, checkValue) {
  const path = join(root, file.path);
  if (!(await isFile(path))) return {what: "missing"};
  const bytes = await readFile(path);
  if (!file.has_check_value) return sha256(bytes) === file.sha256 ? null : {what: "altered"};
  const text = bytes.toString("utf8");
  if (!Buffer.from(text).equals(bytes)) return {what: "altered"};
  if (sha256(text.replaceAll(checkValue, blank)) === file.sha256)
    return text.includes(checkValue) ? null : {what: "altered: its check value is blank"};
  const printed = [...new Set(text.match(/\b[0-9a-f]{64}\b/g) ?? [])].find(
    other => sha256(text.replaceAll(other, blank)) === file.sha256
  );
  if (printed === undefined) return {what: "altered"};
  return {printed, what: `printed with the check value ${printed}, which is not the manifest's`};
}

/** Names every file that the manifest does not list. */
async function nothingElse(root, listed, fault, shown = "") {
  const known = new Set(listed);
  for (const entry of await readdir(root, {recursive: true, withFileTypes: true})) {
    const path = relative(root, join(entry.parentPath, entry.name)).split(sep).join("/");
    if (!entry.isDirectory() && !known.has(path)) fault(`${shown}${path}`, "not of the edition");
  }
}

const isFile = path =>
  lstat(path).then(
    found => found.isFile(),
    () => false
  );
const isFolder = path =>
  lstat(path).then(
    found => found.isDirectory(),
    () => false
  );

/** What a person reads, and the exit code. */
export function report({checkValue, manifest, asMade, isWithMarts, faults}, expect = null) {
  const lines = faults.map(({file, what}) => `${file}: ${what}`);
  if (manifest !== null)
    lines.push(
      `edition ${manifest.name} of ${manifest.council}, ${manifest.status}, as at ${manifest.as_of}`,
      `${asMade} of ${manifest.files.length + (isWithMarts ? manifest.marts.length : 0)} files are as they were made${isWithMarts ? "" : " (its marts are not here)"}`
    );
  if (checkValue !== null) lines.push(`check value ${checkValue}`);
  if (faults.length === 0)
    lines.push(
      expect === null
        ? "to see that the manifest itself is the one, compare the check value with a printed copy"
        : "the check value is the one that was printed"
    );
  return {lines, code: faults.length === 0 ? 0 : 1};
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const words = process.argv.slice(2);
  const at = words.indexOf("--expect");
  const expect = at < 0 ? null : (words.splice(at, 2)[1] ?? "");
  const [folder] = words;
  if (folder === undefined || words.length !== 1) {
    process.stderr.write(
      `use: node ${relative(process.cwd(), fileURLToPath(import.meta.url))} FOLDER [--expect CHECK-VALUE]\n`
    );
    process.exit(2);
  }
  const {lines, code} = report(await verifyEdition(folder, expect), expect);
  process.stdout.write(`${lines.join("\n")}\n`);
  process.exit(code);
}
