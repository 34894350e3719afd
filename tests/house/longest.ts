import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";

/** `node --import tsx tests/house/longest.ts`: the ten longest files and functions of src. Length is a hint, not a rule. */
const root = new URL("../../src/", import.meta.url).pathname;
const files = readdirSync(root, {recursive: true, encoding: "utf8"})
  .filter(name => name.endsWith(".ts"))
  .map(name => ({name, lines: readFileSync(join(root, name), "utf8").split("\n")}));

/** The formatter sets a function's last brace under its first letter, so its end is the next line that is that brace alone. */
function functionsIn({name, lines}: (typeof files)[number]): {name: string; length: number}[] {
  return lines.flatMap((line, index) => {
    const [, indent, called] = /^( *)(?:export )?(?:async )?function\*? (\w+)/.exec(line) ?? [];
    if (called === undefined) return [];
    const end = lines.findIndex((other, at) => at > index && other === `${indent}}`);
    return [{name: `${name} ${called}`, length: end - index + 1}];
  });
}

const functions = files.flatMap(functionsIn).sort((a, b) => b.length - a.length);
const longest = files.map(({name, lines}) => ({name, length: lines.length - 1})).sort((a, b) => b.length - a.length);
const print = (heading: string, all: readonly {name: string; length: number}[]) =>
  process.stdout.write(
    `${heading}\n${all
      .slice(0, 10)
      .map(({name, length}) => `  ${String(length).padStart(4)} ${name}\n`)
      .join("")}`
  );
print("files, in lines", longest);
print("functions, in lines", functions);
process.stdout.write(`functions: ${functions.length}, median ${functions[functions.length >> 1]?.length} lines\n`);
