import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {findChromium, launch, open} from "../page/browser.ts";
import {serve} from "../page/serve.ts";

/**
 * `npm run compare -- BEFORE AFTER`: what two data folders publish, byte by byte, and the page of each as a browser shows it: its text and its pictures.
 * Both are `published` folders of `npm start` in two checkouts. The page's script bundle and its manifest may differ. Exit code 1 where anything else does.
 */
const [before = "", after = ""] = process.argv.slice(2);
if (after === "") {
  process.stdout.write("which: npm run compare -- BEFORE/data/published AFTER/data/published\n");
  process.exit(2);
}

const filesIn = (folder: string) =>
  new Map(
    readdirSync(folder, {recursive: true, withFileTypes: true})
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .map(path => [path.slice(folder.length).replace(/^\//, ""), readFileSync(path)] as const)
  );

/** Names that change with their content are told apart from it: `data-1a2b3c/facts.json` is `data/facts.json`. */
const plainName = (name: string) =>
  name.replace(/data-[0-9a-f]{12}/, "data").replace(/-[\w-]{8}\.(js|css|woff2)$/, ".$1");
const mayDiffer = (name: string) => /^manifest\.json$|^site\/(index\.html|assets\/)/.test(name);

function differences(): string[] {
  const [old, now] = [before, after].map(
    folder => new Map([...filesIn(folder)].map(([name, bytes]) => [plainName(name), bytes] as const))
  );
  const names = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].filter(name => !mayDiffer(name)).sort();
  const found = names.flatMap(name => {
    const [one, other] = [old?.get(name), now?.get(name)];
    if (one === undefined) return [`new      ${name}`];
    if (other === undefined) return [`gone     ${name}`];
    return one.equals(other) ? [] : [`differs  ${name}`];
  });
  process.stdout.write(
    `${names.length} files compared, ${found.length} differ\n${found.map(line => `  ${line}\n`).join("")}`
  );
  return found;
}

/** The text and the pictures of the page, as a browser shows them. */
async function pageOf(folder: string, chromium: string): Promise<{text: string; pictures: string[]}> {
  const files = [...filesIn(join(folder, "site"))].map(([name, bytes]) => ({path: `site/${name}`, bytes}));
  const site = await serve(files);
  const browser = await launch(chromium);
  try {
    const {page, close} = await open(browser, site, "index.html");
    // biome-ignore lint/performance/useDomNodeTextContent: what a reader sees, and not what the markup holds
    const text = await page.locator("body").innerText();
    const pictures = await page.locator("figure svg").evaluateAll(all => all.map(svg => svg.outerHTML));
    await close();
    return {text, pictures};
  } finally {
    await browser.close();
    await site.close();
  }
}

const found = differences();
const chromium = await findChromium();
if (chromium !== null) {
  const [old, now] = [await pageOf(before, chromium), await pageOf(after, chromium)];
  const lines = (text: string) => text.split("\n");
  const [was, is] = [lines(old.text), lines(now.text)];
  const gone = was.filter(line => !is.includes(line)).map(line => `- ${line}`);
  const come = is.filter(line => !was.includes(line)).map(line => `+ ${line}`);
  const changed = now.pictures.filter((svg, index) => svg !== old.pictures[index]).length;
  process.stdout.write(
    `page: ${gone.length + come.length} lines of text differ; ${changed} of ${now.pictures.length} pictures differ\n`
  );
  process.stdout.write([...gone, ...come].map(line => `  ${line}\n`).join(""));
  if (gone.length + come.length + changed > 0) found.push("page");
}
process.exit(found.length > 0 ? 1 : 0);
