import {join} from "node:path";
import {toCsv} from "../../domain/csv.ts";
import type {Figure, FigureOptions} from "../../figures/kit/figure.ts";
import {renderPng, renderSvg} from "../../figures/render/render.ts";
import {type PublishedFile, putForEveryone} from "../../publish/files.ts";
import {csvwOf} from "../../publish/site/contracts.ts";
import {drawnAtWidths} from "../../publish/site/picture.ts";
import {readShell} from "../../publish/site-shell-cache.ts";
import {type Programme, rollupFolder} from "../folder.ts";
import {councilsFigure} from "./figures/councils.ts";
import {yearsFigure} from "./figures/years.ts";
import {rollupPage} from "./page.ts";
import type {Rollup} from "./rollup.ts";
import {type RollupName, readRollupContracts, rollupTables} from "./tables.ts";
import {asAtText, newestOver} from "./words.ts";

/** How wide a figure's file is, px; its PNG is twice that. */
const figureWidth = 960;

/** Writes the tables, the figures and the page of a roll-up into the programme's folder; returns how many files changed. The same lake gives the same bytes. */
export async function writeRollup(programme: Programme, rollup: Rollup): Promise<number> {
  const files = await filesOfRollup(programme, rollup);
  return putForEveryone(rollupFolder(programme.path), files, {
    programme: programme.name,
    as_of: rollup.asOf,
    editions: rollup.councils.map(({council, edition}) => ({council, edition})),
    without: rollup.without.map(({folder}) => folder),
    unreadable: rollup.unreadable
  });
}

/** Everything of a roll-up, as files. */
export async function filesOfRollup({path, name}: Programme, rollup: Rollup): Promise<PublishedFile[]> {
  const shell = await readShell(join(path, ".cache"));
  const contracts = await readRollupContracts();
  const csvs = new Map(contracts.map(({name}) => [name, csvOf(rollup, name as RollupName)]));
  const options = {
    place: name,
    isIllustrative: rollup.councils.every(({is_illustrative}) => is_illustrative),
    asOf: asAtText(rollup)
  };
  const figures = figuresOf(rollup);
  const page = rollupPage({
    programme: name,
    rollup,
    contracts,
    csvs,
    figures: figures.map(({draw, rows}) => ({drawn: drawnAtWidths(draw, options), rows})),
    head: headOf(shell)
  });
  const about = {council: name, asOf: rollup.asOf, licence: null};
  return [
    ...shell.flatMap(file => (isAsset(file) ? [{...file, path: file.path.slice("site/".length)}] : [])),
    ...contracts.flatMap(contract => [
      {path: `data/${contract.name}.csv`, bytes: csvs.get(contract.name) ?? new Uint8Array()},
      textFile(`data/${contract.name}.csv-metadata.json`, csvwOf(contract, about))
    ]),
    ...figures.flatMap(({draw}) => pictureFiles(draw, {...options, theme: "light", width: figureWidth})),
    textFile("index.html", page)
  ];
}

/** The figures of a roll-up, each with the table that its rows are of. */
export function figuresOf(
  rollup: Rollup
): readonly {readonly draw: (options: FigureOptions) => Figure; readonly rows: RollupName}[] {
  const year = newestOver(rollup);
  const rows = rollup.council_years.filter(({reporting_year}) => reporting_year === year?.reporting_year);
  return [
    {draw: options => yearsFigure(rollup.years, options), rows: "years"},
    {draw: options => councilsFigure(year && {year, rows}, options), rows: "council_years"}
  ];
}

const textFile = (path: string, text: string): PublishedFile => ({path, bytes: new TextEncoder().encode(text)});
const isAsset = ({path}: PublishedFile) => path.startsWith("site/assets/");

/** The head of the first page of the house, up to its body. */
function headOf(shell: readonly PublishedFile[]): string {
  const first = shell.find(({path}) => path === "site/index.html");
  const [head = ""] = new TextDecoder().decode(first?.bytes).split("<body>");
  return head;
}

function csvOf(rollup: Rollup, name: RollupName): Uint8Array {
  const columns = Object.keys(rollupTables[name].shape);
  const rows: readonly Readonly<Record<string, unknown>>[] = rollup[name];
  return new TextEncoder().encode(
    toCsv(
      columns,
      rows.map(row => columns.map(column => row[column]))
    )
  );
}

function pictureFiles(draw: (options: FigureOptions) => Figure, options: FigureOptions): PublishedFile[] {
  const figure = draw(options);
  const svg = renderSvg(figure, options);
  return [
    textFile(`figures/${figure.id}.svg`, svg),
    {path: `figures/${figure.id}.png`, bytes: renderPng(svg, {scale: 2})}
  ];
}
