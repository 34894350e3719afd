import {expect, test} from "vitest";
import {cellsOf, toCsv} from "../../src/domain/csv.ts";
import {textTable} from "../../src/wording/table.ts";

const [midnight, halfPast] = [new Date("2026-03-29T00:00:00Z"), new Date("2026-03-29T00:30:00Z")];

test("a column of midnights is of dates", () => {
  expect(toCsv(["month"], [[midnight], [null]])).toBe("month\r\n2026-03-29\r\n\r\n");
});

test("a column with another hour is of instants, midnight among them", () => {
  const csv = toCsv(
    ["month", "when"],
    [
      [midnight, midnight],
      [midnight, halfPast]
    ]
  );
  expect(csv).toBe("month,when\r\n2026-03-29,2026-03-29T00:00:00.000Z\r\n2026-03-29,2026-03-29T00:30:00.000Z\r\n");
});

test("a column that is named for an instant is of instants, whatever its rows", () => {
  expect(toCsv(["received_at"], [[midnight]])).toBe("received_at\r\n2026-03-29T00:00:00.000Z\r\n");
});

test("a table of text is written as its CSV is", () => {
  expect(textTable(["day", "when"], [[midnight, halfPast]]).at(-1)).toBe("2026-03-29  2026-03-29T00:30:00.000Z");
  expect(textTable(["starts_at"], [[midnight]]).at(-1)).toBe("2026-03-29T00:00:00.000Z");
});

test("a long line is parted by each separator, and what is done to its cells stays with who did it", () => {
  const line = `a "b" c;${"x,".repeat(6000)}"d,e"`;
  const first = cellsOf(line, ",");
  expect([first.length, first[0], first.at(-1)]).toEqual([6001, 'a "b" c;x', "d,e"]);
  first.length = 0;
  expect(cellsOf(line, ",")).toHaveLength(6001);
  expect(cellsOf(line, ";")).toHaveLength(2);
  expect(cellsOf(`${line}f`, ",")).not.toEqual(cellsOf(line, ","));
});
