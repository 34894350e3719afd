import {execFile} from "node:child_process";
import {access, constants, mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {delimiter, join} from "node:path";
import {pathToFileURL} from "node:url";
import {promisify} from "node:util";
import type {Effects} from "../../effects.ts";
import {CliError} from "../../errors.ts";

const run = promisify(execFile);

/** Under which names a browser that prints is installed. */
const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** The browser of this machine that prints; null where none is installed. */
export async function findBrowser({PATH: path = ""}: Effects["environment"]): Promise<string | null> {
  for (const name of names)
    for (const folder of path.split(delimiter)) {
      const place = join(folder, name);
      const canRun = await access(place, constants.X_OK).then(
        () => true,
        () => false
      );
      if (canRun) return place;
    }
  return null;
}

/**
 * A page of HTML as a tagged PDF, with its headings as an outline. The same page and date give the same bytes of one browser.
 *
 * @throws CliError where the browser prints nothing, with what it said.
 */
export async function printedPdf(browser: string, html: string, date: Date): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "canopy-print-"));
  try {
    const [page, printed] = [join(folder, "deck.html"), join(folder, "deck.pdf")];
    await writeFile(page, html);
    const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    await run(
      browser,
      [
        ...asRoot,
        "--headless",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        `--user-data-dir=${join(folder, "profile")}`,
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
        `--print-to-pdf=${printed}`,
        pathToFileURL(page).href
      ],
      {timeout: 120_000}
    ).catch(error => {
      throw new CliError(
        `${browser} did not print the slides: ${String((error as {stderr?: string}).stderr ?? error)
          .trim()
          .slice(-300)}`,
        {
          cause: error
        }
      );
    });
    const bytes = await readFile(printed).catch(error => {
      throw new CliError(`${browser} printed nothing`, {cause: error});
    });
    return settled(bytes, date);
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

/**
 * The same file with its dates set to one, and its marked parts numbered as they stand in it, which the browser does in any order: letter for letter as
 * long, so that no place in it moves. The list of them stays in order, as readers need it; of more than one list nothing is changed.
 */
function settled(bytes: Buffer, date: Date): Buffer {
  const stamp = date.toISOString().slice(0, 19).replaceAll(/[-:T]/g, "");
  const text = bytes.toString("latin1").replaceAll(/\((D:)\d{14}/g, `($1${stamp}`);
  return Buffer.from((text.match(list) ?? []).length > 1 ? text : numbered(text), "latin1");
}

const part = /\(node\d{8}\)/g;
const list = /\/Limits \[[^\]]*\]\n\/Names \[\(node[^\]]*\]/g;

function numbered(text: string): string {
  const inOrder = [...new Set([...text.matchAll(/\/ID (\(node\d{8}\))/g)].map(([, name = ""]) => name))];
  const names = new Map(inOrder.map((name, at) => [name, `(node${String(at + 1).padStart(8, "0")})`]));
  return text
    .replaceAll(part, name => names.get(name) ?? name)
    .replaceAll(list, listed => {
      const pairs = [...(listed.split("/Names")[1] ?? "").matchAll(/(\(node\d{8}\)) (\d+ 0 R)/g)];
      const sorted = pairs
        .map(([, name = "", place = ""]) => [name, place] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1));
      return `/Limits [${sorted[0]?.[0]} ${sorted.at(-1)?.[0]}]\n/Names [${sorted.map(pair => pair.join(" ")).join(" ")}]`;
    });
}
