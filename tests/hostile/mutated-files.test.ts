import fc from "fast-check";
import {expect, test} from "vitest";
import {defineProof} from "../prove/proof.ts";
import {mpans} from "../support/data-folder.ts";
import {portalFile} from "../support/supplier-files.ts";
import {plainReading} from "./plain-reading.ts";
import {type Brought, isAccountedFor, Yard} from "./yard.ts";

const [mpan, other] = mpans;
/** Damaged files of one part of the proof. */
const filesOfPart = 30;

/** 6 days of two meters: no two half-hours of the file are alike, some days end in half-hours not yet read. */
const dayCount = 6;
const base = portalFile(
  "02/10/26 07:00",
  Array.from({length: 2 * dayCount}, (_, row) => ({
    mpan: row % 2 === 0 ? mpan : other,
    date: `2026-09-${String(1 + Math.trunc(row / 2)).padStart(2, "0")}`,
    cells: Array.from({length: 48}, (_, slot) => (slot === 47 && row % 5 === 4 ? "" : 1000 + row * 48 + slot + 0.25))
  }))
).trimEnd();
const lines = base.split("\n");

const cells = [
  "",
  " ",
  "-",
  "0",
  "-1",
  "nan",
  "inf",
  "1e400",
  "1e3",
  "4,5",
  '"4,5"',
  '"1,234.5"',
  "#REF!",
  "TRUE",
  "=1+1",
  "x".repeat(300),
  mpan,
  other,
  "1.6E+12",
  "01/09/26",
  "31/02/26",
  "2026-09-01",
  '"a""b"',
  '"two\nlines"',
  'a"b',
  "kVArh",
  "E",
  "A",
  "é",
  "\u202e",
  "__proto__"
];
const insertions = [
  "\n",
  "\r",
  "\r\n",
  ",",
  ";",
  "\t",
  " ",
  '"',
  '""',
  "\\",
  "0",
  "9",
  ".",
  "-",
  "é",
  "\ufeff",
  "\n\n",
  ",,",
  '","'
];

type Mutation = (text: string) => string;
const at = fc.nat(99_999).map(number => number / 100_000);
const place = (share: number, length: number) => Math.trunc(share * length);
const inLine =
  (share: number, change: (line: string) => string): Mutation =>
  text => {
    const parts = text.split("\n");
    const index = place(share, parts.length);
    return parts.map((line, i) => (i === index ? change(line) : line)).join("\n");
  };
const inCell = (share: number, change: (all: string[], index: number) => string[]) => (line: string) => {
  const all = line.split(",");
  return change(all, place(share, all.length)).join();
};

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(at, fc.constantFrom(...insertions)).map(
    ([share, what]): Mutation =>
      text => {
        const index = place(share, text.length);
        return text.slice(0, index) + what + text.slice(index);
      }
  ),
  fc.tuple(at, fc.integer({min: 1, max: 40})).map(
    ([share, length]): Mutation =>
      text => {
        const index = place(share, text.length);
        return text.slice(0, index) + text.slice(index + length);
      }
  ),
  fc.tuple(at, fc.integer({min: 32, max: 126})).map(
    ([share, code]): Mutation =>
      text => {
        const index = place(share, text.length);
        return text.slice(0, index) + String.fromCharCode(code) + text.slice(index + 1);
      }
  ),
  fc.tuple(at, at, fc.constantFrom(...cells)).map(([line, cell, what]) =>
    inLine(
      line,
      inCell(cell, (all, index) => all.with(index, what))
    )
  ),
  fc.tuple(at, at, fc.constantFrom(...cells)).map(([line, cell, what]) =>
    inLine(
      line,
      inCell(cell, (all, index) => all.toSpliced(index, 0, what))
    )
  ),
  fc.tuple(at, at).map(([line, cell]) =>
    inLine(
      line,
      inCell(cell, (all, index) => all.toSpliced(index, 1))
    )
  ),
  fc.tuple(at, at).map(
    ([line, other]): Mutation =>
      text => {
        const parts = text.split("\n");
        return parts.toSpliced(place(other, parts.length), 0, parts[place(line, parts.length)] ?? "").join("\n");
      }
  ),
  fc
    .tuple(at, fc.constantFrom("", "   ", ",,,", "Total,1,2,3", '"', "#".repeat(50)))
    .map(([line, what]) => inLine(line, () => what)),
  at.map(
    (share): Mutation =>
      text =>
        text.slice(0, place(share, text.length))
  )
);

/** Half-hours that landed although no reading of the file gives them. */
function invented({days}: Brought, bytes: Uint8Array): string[] {
  const could = plainReading(bytes);
  return [...days].flatMap(([day, slots]) =>
    slots.flatMap((value, slot) =>
      value === "-" || could.get(`${day} ${slot}`)?.has(value) ? [] : [`${day} slot ${slot + 1}: ${value}`]
    )
  );
}

async function prove(yard: Yard, bytes: Uint8Array): Promise<void> {
  const brought = await yard.bring(bytes);
  expect(isAccountedFor(brought), JSON.stringify(brought.load)).toBe(true);
  expect(invented(brought, bytes)).toEqual([]);
}

/** Rows stand past the lines in which a header is looked for. */
const [head, rows] = [[...lines.slice(0, 9), ...Array.from({length: 32}, () => "")], lines.slice(9)];
const utf8 = (text: string) => new TextEncoder().encode(text);

/** However a file's rows, or its first lines, are damaged: nothing throws, every row is accounted for and no half-hour is invented. */
defineProof("damaged-files", {
  parts: {small: 1, whole: 40},
  async prove(_part, seed) {
    const yard = await Yard.open([{id: mpan}, {id: other}]);
    await proveDamaged(yard, damaged => [...head, damaged].join("\n"), rows.join("\n"), {seed, most: 6});
    await proveDamaged(yard, damaged => damaged, base, {seed, most: 3});
    return {"rows damaged": filesOfPart, "first lines damaged": filesOfPart};
  }
});

async function proveDamaged(
  yard: Yard,
  fileOf: (damaged: string) => string,
  whole: string,
  {seed, most}: {seed: number; most: number}
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, {minLength: 1, maxLength: most}), async mutations =>
      prove(yard, utf8(fileOf(mutations.reduce((text, mutate) => mutate(text), whole))))
    ),
    {numRuns: filesOfPart, seed, endOnFailure: true}
  );
}

test("a quote that never closes in the first lines throws nothing", async () => {
  const yard = await Yard.open([{id: mpan}, {id: other}]);
  await prove(yard, utf8(base.replace("Customer", '"Customer')));
});
