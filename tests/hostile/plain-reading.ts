/** An independent reading of a portal file, in plain TypeScript: what each half-hour could be, by `meter date slot`. */
export function plainReading(bytes: Uint8Array): ReadonlyMap<string, ReadonlySet<string>> {
  const text = textOf(bytes);
  const rows = [...text.split(/\r\n|\n|\r/).map(line => recordsOf(line)[0] ?? []), ...recordsOf(text)];
  const readings = new Map<string, Set<string>>();
  for (const [key, value] of rows.flatMap(readingsIn)) readings.set(key, (readings.get(key) ?? new Set()).add(value));
  return readings;
}

function textOf(bytes: Uint8Array): string {
  const decode = (encoding: string, fatal: boolean) => new TextDecoder(encoding, {fatal}).decode(bytes);
  try {
    return decode("utf-8", true).replaceAll("\0", "");
  } catch {
    return decode("windows-1252", false).replaceAll("\0", "");
  }
}

const columns = 56;

/** Twelve primes and a remainder, as anyone may look them up. */
function meterOf(cell: string): string | null {
  const core = cell.replace(/\s/g, "").slice(-13);
  if (!/^\s*[\d\s]+$/.test(cell) || core.length !== 13) return null;
  const sum = [3, 5, 7, 13, 17, 19, 23, 29, 31, 37, 41, 43].reduce(
    (total, prime, i) => total + prime * Number(core[i]),
    0
  );
  return (sum % 11) % 10 === Number(core[12]) ? core : null;
}

function readingsIn(written: readonly string[]): [string, string][] {
  if (written.length !== columns) return [];
  const cells = written;
  const meter = meterOf(cells[3] ?? "");
  const date = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{1,2})\s*$/.exec(cells[7] ?? "");
  if (meter === null || date === null) return [];
  const [, day = "", month = "", year = ""] = date;
  const century = Number(year) < 69 ? "20" : "19";
  const iso = `${century}${year.padStart(2, "0")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return cells.slice(columns - 48).flatMap((cell, slot): [string, string][] => {
    const isNumber = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(cell);
    return isNumber ? [[`${meter} ${iso} ${slot}`, String(Number(cell))]] : [];
  });
}

/** RFC 4180, and a quote that does not open a cell is a letter like any other. */
function recordsOf(text: string): string[][] {
  const records: string[][] = [];
  let [row, cell, isQuoted, at] = [[] as string[], "", false, 0];
  const endCell = () => {
    row.push(cell);
    cell = "";
  };
  const endRow = () => {
    endCell();
    records.push(row);
    row = [];
  };
  for (; at < text.length; at += 1) {
    const letter = text[at] as string;
    if (isQuoted && letter === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (letter === '"' && (isQuoted || cell === "")) isQuoted = !isQuoted;
    else if (!isQuoted && letter === ",") endCell();
    else if (!isQuoted && /[\r\n]/.test(letter)) endRow();
    else cell += letter;
  }
  endRow();
  return records;
}
