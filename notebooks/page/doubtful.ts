import {daysText} from "../../src/wording/dates.ts";
import {type Found, foundText, pictureText} from "../../src/wording/doubts.ts";
import {element} from "./element.ts";

/** A run of readings that is doubted and not counted. */
export interface Doubtful extends Found {
  readonly site_name: string;
  readonly energy: string;
  readonly first_date: Date;
  readonly last_date: Date;
  readonly picture_of: "half-hours" | "days";
  /** Values with a semicolon between them, nothing where nothing is held. */
  readonly picture: string;
  /** A 1 for each value that is doubted, else a 0. */
  readonly is_doubted_in_picture: string;
}

/** What is kept and not counted until a person has looked at it: each with why, and a small picture of what stands around it. */
export function doubtfulReadings(rows: readonly Doubtful[]): HTMLElement {
  return element(
    "section",
    {class: "doubtful"},
    element("h3", {}, "Kept, but not counted"),
    element(
      "p",
      {},
      "These readings are unlike what their meters have shown before. They are in no number here until somebody has accepted them."
    ),
    element("ul", {}, ...rows.map(row => element("li", {}, sentence(row), pictured(row))))
  );
}

const sentence = (row: Doubtful) =>
  element("p", {}, `${row.site_name}, ${row.energy}, ${daysText(row.first_date, row.last_date)}: ${foundText(row)}`);

const size = {bar: 6, height: 36};

function pictured(row: Doubtful): SVGElement {
  const values = row.picture.split(";").map(text => (text === "" ? null : Number(text)));
  const most = Math.max(0, ...values.map(value => value ?? 0));
  const width = values.length * size.bar;
  const svg = shape("svg", {
    viewBox: `0 0 ${width} ${size.height}`,
    width: String(width),
    height: String(size.height),
    role: "img",
    "aria-label": `${pictureText(row.picture_of)}; what is doubted is darker`
  });
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const height = Math.max(1, most === 0 ? 0 : (Math.max(0, value) / most) * size.height);
    svg.append(
      shape("rect", {
        x: String(index * size.bar),
        y: String(size.height - height),
        width: String(size.bar - 1),
        height: String(height),
        class: row.is_doubted_in_picture[index] === "1" ? "doubted" : "held"
      })
    );
  }
  return svg;
}

function shape(name: "svg" | "rect", attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}
