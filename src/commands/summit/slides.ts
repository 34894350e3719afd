import {readFigures} from "../../figures/index.ts";
import {slidePixels} from "../../figures/kit/theme.ts";
import {renderInBox} from "../../figures/render/render.ts";
import {readDrawables} from "../../publish/figures.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {longDateText} from "../../wording/dates.ts";
import {amount} from "../../wording/numbers.ts";
import {printable} from "../../wording/titles.ts";
import {
  type Charted,
  type Draft,
  type DraftLine,
  figureOptions,
  named,
  type Pictured,
  type SummitOptions,
  textOf,
  wordsOf
} from "./draft.ts";
import {layoutOf} from "./layout.ts";
import {type Ledger, type Shown, type Source, sourceOf, type Told} from "./ledger.ts";
import type {DeckPlan, Drawing, Line, SlidePlan, Table} from "./plan.ts";
import {readFacts} from "./read.ts";
import {allSlides} from "./story.ts";

/** So much of a check value stands on each slide: enough to check by. */
const shownCheck = 16;

/** Everything that the deck says, from the marts behind the connection; the ledger has every number of it. */
export async function planDeck(connection: Connection, ledger: Ledger, options: SummitOptions): Promise<DeckPlan> {
  const facts = await readFacts(connection, options.onsCode);
  const figures = await readFigures();
  const pictures = new Map<string, Pictured>();
  for (const {id, isShown = () => true} of shownFigures) {
    const figure = figures.find(({definition}) => definition.id === id);
    if (figure === undefined) throw new Error(`no figure ${id}`);
    // A figure that would mix two builds is left out, and its slide says so.
    const drawables = await readDrawables(connection, figure, null, options).catch(() => []);
    const drawable = drawables.find(({rows}) => rows.length > 0 && isShown(rows[0] as object));
    const query = [figure.queries.get("rows") ?? "", ...figure.views.values()].join("\n");
    const mart = /marts\.(\w+)/.exec(query)?.[1] ?? id;
    if (drawable === undefined) continue;
    const named = `marts.${mart} (figure ${id})`;
    // Of a figure of thousands of rows no single one is told: its numbers are counts and shares of them all.
    const rows = drawable.rows.length > mostRows ? [] : drawable.rows;
    pictures.set(id, {id, mart: named, drawable, sources: rows.map(row => sourceOf(named, keysOf(row), row))});
  }
  const date = new Date(options.asOf);
  const of = (text: string, told: readonly (Source | Shown)[] = []) =>
    ledger.tell("every slide", "text", text, [asOfShown(date), ...told]);
  const footer = [
    ...(options.isIllustrative ? ["Illustrative data"] : []),
    options.edition === undefined
      ? "Draft"
      : `Edition ${printable(options.edition.name, 24)}, ${options.edition.status}, check ${options.edition.check.slice(0, shownCheck)}`,
    // Of an edition there is no room for both on one line; the council stands on the first slide.
    ...(options.edition === undefined ? [printable(options.council, 60)] : []),
    `to ${longDateText(date)}`
  ].join(" · ");
  const editionShown = Object.entries(options.edition ?? {}).map(([column, text]) =>
    named(column === "check" ? text.slice(0, shownCheck) : printable(text, 24), "edition", column)
  );
  const drafts = allSlides(facts, pictures, options);
  return {
    title: of(`Climate summit: ${printable(options.council, 60)}`, [
      named(printable(options.council, 60), "council.json", "name")
    ]),
    footer: of(footer, [named(printable(options.council, 60), "council.json", "name"), ...editionShown]),
    council: printable(options.council, 60),
    date,
    slides: drafts.map(draft => planSlide(draft, ledger, options))
  };
}

const mostRows = 500;

const shownFigures: readonly {readonly id: string; readonly isShown?: (row: object) => boolean}[] = [
  {id: "emissions-by-source"},
  {id: "trajectory", isShown: row => (row as {boundary?: string}).boundary === "own operations"},
  {id: "costliest-findings"},
  {id: "allowance"},
  {id: "boroughs"},
  {id: "data-coverage"}
];

/** The columns that name a row of a figure. */
function keysOf(row: object): string[] {
  const keys = [
    "target_id",
    "pathway",
    "finding_id",
    "area_code",
    "reporting_year",
    "year",
    "emission_source",
    "sector",
    "meter_point_id",
    "month"
  ];
  return keys.filter(key => key in row);
}

const asOfShown = (date: Date): Shown => ({
  text: longDateText(date),
  value: date.toISOString().slice(0, 10),
  unit: "date",
  mart: "main.build",
  key: "",
  column: "as_of"
});

/** The slide with the words of its figure as it is drawn there: how much of a list has room depends on how high its words are. */
function settled(draft: Draft, options: SummitOptions): Draft & {readonly height: number} {
  const laid = (each: Draft) => {
    const text = (words: string) => ({text: words});
    const lines = (each.lines ?? []).map(line => ({words: text(textOf(line))}));
    const under = each.under === undefined ? undefined : text(each.under);
    return (
      layoutOf({title: text(each.title), under, lines, source: text(each.source), drawing: each.picture}).body?.h ?? 0
    );
  };
  let settling = {...draft, height: laid(draft)};
  if (draft.picture === undefined) return settling;
  for (let tries = 0; tries < 3; tries++) {
    const words = {...settling, ...wordsOf(draft.picture, options, settling.height)};
    settling = {...words, height: laid(words)};
  }
  return settling;
}

function planSlide(given: Draft, ledger: Ledger, options: SummitOptions): SlidePlan {
  const draft = settled(given, options);
  const {id, picture} = draft;
  const worked = picture === undefined ? undefined : `worked out by the figure ${picture.id} from ${picture.mart}`;
  const told = [
    ...draft.told,
    ...(picture?.sources ?? []),
    named(printable(options.council, 60), "council.json", "name"),
    asOfShown(new Date(options.asOf))
  ];
  const say = (
    where: "title" | "text" | "source" | "picture" | "chart",
    text: string,
    from: readonly (Source | Shown)[] = []
  ): Told => ledger.tell(id, where, text, [...from, ...told], worked);
  const drawing =
    picture === undefined ? undefined : drawingOf(picture, options, draft.height, text => say("picture", text));
  const plan = {
    id,
    title: say("title", draft.title),
    under: draft.under === undefined ? undefined : say("text", draft.under),
    drawing,
    chart: draft.chart === undefined ? undefined : chartOf(draft.chart, ledger, id, told),
    table: draft.table === undefined ? undefined : tableOf(draft.table, text => say("text", text)),
    lines: (draft.lines ?? []).map(line => lineOf(line, (text, from) => say("text", text, from))),
    source: say("source", draft.source)
  };
  const talk = draft.talk.map(text => ledger.tell(id, "notes", text, told));
  return {...plan, notes: [...talk, ...ledger.notesOf(id)]};
}

function lineOf(line: DraftLine, say: (text: string, from?: readonly (Source | Shown)[]) => Told): Line {
  if (typeof line === "string") return {words: say(line)};
  return "strong" in line ? {words: say(line.strong), isStrong: true} : {words: say(line.text, line.from)};
}

const tableOf = ({name, rows}: NonNullable<Draft["table"]>, say: (text: string) => Told): Table => ({
  name,
  rows: rows.map(row => row.map(say))
});

function chartOf(
  {name, alt, unit, categories, series}: Charted,
  ledger: Ledger,
  id: string,
  told: readonly (Source | Shown)[]
) {
  const say = (text: string) => ledger.tell(id, "chart", text, told);
  return {
    name,
    alt: say(alt),
    unit: say(unit),
    categories: categories.map(say),
    series: series.map(each => ({
      name: say(each.name),
      values: each.values.map(of => {
        if (of !== null) ledger.tell(id, "chart value", amount(of.value), of.from === undefined ? told : [of.from]);
        return of?.value ?? null;
      })
    }))
  };
}

function drawingOf(
  {id, drawable: {draw}}: Pictured,
  options: SummitOptions,
  inches: number,
  say: (text: string) => Told
): Drawing {
  const look = figureOptions(options);
  const {figure} = renderInBox(draw, look, {height: slidePixels(inches), isWordless: true});
  return {
    id,
    figure,
    alt: say(figure.alt),
    svgOf: height => renderInBox(draw, look, {height, isWordless: true}).svg
  };
}
