import {fixed} from "../../src/wording/numbers.ts";
import {element} from "./element.ts";
import {dataPath} from "./facts.ts";

/** One column of a table: its name, and what it says of a row. A number is set to the right. */
export interface Column<Row> {
  readonly name: string;
  readonly of: (row: Row) => string | number | null;
  /** How many decimals a number has; none by default. */
  readonly decimals?: number;
}

/** The numbers of a figure, closed at first: every row in a table whose first column names it, and the same rows as a CSV file. */
export function numbers<Row>(
  file: string,
  caption: string,
  rows: readonly Row[],
  columns: readonly Column<Row>[]
): HTMLElement {
  const heads = columns.map(({name, of}) =>
    element("th", {scope: "col", ...lookOf(rows.map(of).find(value => value !== null) ?? null)}, name)
  );
  const table = element(
    "table",
    {},
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...rows.map(row => element("tr", {}, ...columns.map((column, i) => cell(column, row, i)))))
  );
  const about = element("span", {class: "unseen"}, `: ${caption}`);
  return element(
    "details",
    {class: "numbers"},
    element("summary", {}, "Show the numbers", about),
    element("div", {class: "scroll", role: "region", tabindex: "0", "aria-label": caption}, table),
    element(
      "p",
      {},
      element("a", {href: dataPath(`${file}.csv`), download: ""}, "These numbers as CSV", about.cloneNode(true))
    )
  );
}

function cell<Row>({of, decimals = 0}: Column<Row>, row: Row, index: number): HTMLElement {
  const value = of(row);
  const words = typeof value === "number" ? fixed(value, decimals) : (value ?? "–");
  return index === 0 ? element("th", {scope: "row"}, words) : element("td", lookOf(value), words);
}

function lookOf(value: string | number | null): Readonly<Record<string, string>> {
  return typeof value === "string" ? {} : {class: "number"};
}
