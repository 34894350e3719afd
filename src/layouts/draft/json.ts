const widest = 110;

/** JSON as a person would set it out: what fits on a line is on one. */
export function tidyJson(value: unknown, indent = ""): string {
  const line = inLine(value);
  if (indent.length + line.length <= widest || typeof value !== "object" || value === null) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value) && value.every(each => typeof each !== "object")) return filled(value, inner, indent);
  const parts = Array.isArray(value)
    ? value.map(each => tidyJson(each, inner))
    : Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${tidyJson(each, inner)}`);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return `${open}\n${parts.map(part => `${inner}${part}`).join(",\n")}\n${indent}${close}`;
}

function inLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${inLine(each)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** A long list of words, as many to a line as go on it. */
function filled(words: readonly unknown[], inner: string, indent: string): string {
  const lines: string[] = [];
  let line = inner;
  for (const [index, word] of words.entries()) {
    const text = `${JSON.stringify(word)}${index < words.length - 1 ? "," : ""}`;
    if (line !== inner && line.length + text.length + 1 > widest) {
      lines.push(line);
      line = inner;
    }
    line += line === inner ? text : ` ${text}`;
  }
  return `[\n${[...lines, line].join("\n")}\n${indent}]`;
}
