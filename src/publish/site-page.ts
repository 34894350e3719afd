import type {Page, Places} from "./site/context.ts";

/** What is said of all that was left out is known only when the rest is filled. */
const last = new Set(["badge"]);

/**
 * A page with what belongs in the places that it names in double braces: `{{name}}`, `{{name with more}}`, or `{{name? with more}}` where nothing at all is
 * said when there is nothing. What is put in is not looked at again, whatever is in it.
 *
 * @throws Error on a place that nothing fills.
 */
export async function fillPage(html: string, page: Page, places: Places): Promise<string> {
  const parts = html.split(/\{\{(\w+)(\?)?(?: ([\w -]+))?\}\}/);
  const filled = new Map<number, string>();
  for (const isLast of [false, true])
    for (let at = 1; at < parts.length; at += 4) {
      const name = parts[at] ?? "";
      if (last.has(name) !== isLast) continue;
      const place = places[name];
      if (place === undefined) throw new Error(`the page ${page.name} has a place that nothing fills: ${name}`);
      filled.set(at, String(await place(page, parts[at + 2] ?? "", parts[at + 1] === "?")));
    }
  const whole = parts.map((part, i) => (i % 4 === 0 ? part : (filled.get(i) ?? ""))).join("");
  return inItsFolder(marked(whole, page.name), page.name);
}

/** The page among its links to all pages; one of a building stands under the page of all of them. */
function marked(html: string, name: string): string {
  const [first, own] = name.startsWith("buildings/") ? ["estate", "true"] : [name, "page"];
  return html.replaceAll(`<a href="./${first}.html">`, `<a href="./${first}.html" aria-current="${own}">`);
}

/** Addresses from the folder of the site as they are from the folder of the page. */
function inItsFolder(html: string, name: string): string {
  const up = "../".repeat(name.split("/").length - 1);
  return up === "" ? html : html.replace(/((?:xlink:)?href|src)="\.\//g, `$1="${up}`);
}
