/** A line of RFC 4180, without its end: cells that hold a comma, quote or line end are quoted. */
export function csvLine(cells: readonly (string | number)[]): string {
  return cells.map(cell => (/[",\r\n]/.test(String(cell)) ? quoted(cell) : String(cell))).join(",");
}

/** A line in which every cell is quoted. */
export function quotedLine(cells: readonly (string | number)[]): string {
  return cells.map(quoted).join(",");
}

/** Lines as a file: each one ended. */
export function textOf(lines: readonly string[], lineEnd: "\n" | "\r\n"): string {
  return lines.length === 0 ? "" : lines.join(lineEnd) + lineEnd;
}

function quoted(cell: string | number): string {
  return `"${String(cell).replaceAll('"', '""')}"`;
}
