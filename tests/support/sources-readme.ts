import {readFile, writeFile} from "node:fs/promises";
import {expect} from "vitest";

const edge = (name: string, end: "begin" | "end") => `<!-- ${name}: ${end} (generated) -->`;

/** A table of Markdown; what stands in a cell stays in it. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map(cell => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Compares a generated part of a README, that of the sources unless another is named, with what stands there. With UPDATE_TABLES=1 it is written instead, to be read before it is kept. */
export async function expectGenerated(name: string, table: string, readme = "src/sources/README.md"): Promise<void> {
  const path = new URL(`../../${readme}`, import.meta.url);
  const text = await readFile(path, "utf8");
  const [begin, end] = [text.indexOf(edge(name, "begin")), text.indexOf(edge(name, "end"))];
  if (begin < 0 || end < begin) throw new Error(`${readme} has no place for: ${name}`);
  const before = text.slice(0, begin + edge(name, "begin").length);
  if (process.env.UPDATE_TABLES === "1") return writeFile(path, `${before}\n\n${table}\n\n${text.slice(end)}`);
  expect(plain(text.slice(before.length, end))).toBe(plain(table));
}

/** A table without the spaces that a formatter may line its columns up with. */
const plain = (table: string) => table.trim().replace(/ +/g, " ").replace(/-{3,}/g, "---");
