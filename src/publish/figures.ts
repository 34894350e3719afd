import {CliError} from "../errors.ts";
import {type FigureFolder, readFigures} from "../figures/index.ts";
import type {Figure, FigureOptions} from "../figures/kit/figure.ts";
import {type Box, type Picture, renderInBox, renderPng, renderSvg} from "../figures/render/render.ts";
import {boroughEmissions} from "../models/marts/borough_emissions.ts";
import {readMart} from "../models/read-mart.ts";
import type {Connection} from "../warehouse/connection.ts";
import {ofOneBuild} from "../warehouse/published.ts";
import {sentenceCase} from "../wording/titles.ts";
import {type AskedBuilding, chooseBuilding, type FigureRows, knowArea, readFigureRows} from "./figure-rows.ts";
import type {PublishedFile} from "./files.ts";
import {datedWords, type Notice, noticesOf, noticeWords} from "./notices.ts";

/** A figure as files, with what an index says of it. */
export interface PublishedFigure {
  readonly id: string;
  readonly title: string;
  readonly alt: string;
  readonly files: readonly PublishedFile[];
}

export interface PublishOptions extends FigureOptions {
  /** The borough whose national statistics are drawn; null draws none. */
  readonly onsCode: string | null;
  /** The box that each picture has to fit, words included unless somebody else sets them; by default it is as high as suits it. */
  readonly box?: Box;
}

/** The figures that were drawn, and what of them is not of the last build. */
export interface PublishedFigures {
  readonly figures: readonly PublishedFigure[];
  readonly notices: readonly Notice[];
}

/**
 * Draws every figure from the published marts, in order, as SVG and PNG at twice the size. A figure that would mix two builds is not drawn, and one of
 * an earlier build says so.
 */
export async function publishFigures(connection: Connection, options: PublishOptions): Promise<PublishedFigures> {
  await knowArea(connection, options.onsCode);
  const area = (await ofOneBuild(connection, readAreaName)).value ?? {};
  const [drawn, notices]: [Picture[], Notice[]] = [[], []];
  for (const figure of await readFigures()) {
    const chosen = await chooseBuilding(connection, figure);
    const told = await ofOneBuild(connection, each => readFigureRows(each, figure, chosen));
    notices.push(...noticesOf(`figure ${figure.definition.id}`, told));
    if (told.value === null) continue;
    const drawables = drawablesOf(figure, told.value, datedWords(told));
    drawn.push(...drawables.map(({draw}) => pictureOf(draw, {...options, ...area})));
  }
  return {figures: drawn.map(filesOf), notices};
}

/** One figure as it is drawn now, with its pictures. */
export interface DrawnFigure extends Picture {
  readonly png: Uint8Array;
}

/**
 * Draws one figure from the published marts: of the building that is asked for, if it is of one. Of a figure with several pictures all come.
 * Of no rows none does.
 */
export async function drawFigures(
  connection: Connection,
  figure: FigureFolder,
  asked: AskedBuilding | null,
  options: PublishOptions
): Promise<DrawnFigure[]> {
  return (await readDrawables(connection, figure, asked, options)).map(({draw}) => {
    const picture = pictureOf(draw, options);
    return {...picture, png: renderPng(picture.svg, {scale: 2})};
  });
}

/** One picture of a figure before it is drawn: the rows that it is of, and how to draw it at a size. */
export interface Drawable {
  readonly rows: readonly object[];
  readonly draw: (options: FigureOptions) => Figure;
}

/**
 * Reads the rows of one figure's pictures from the published marts, of the building that is asked for if it is of one. Of no rows there may be none.
 *
 * @throws CliError where the figure is withheld.
 */
export async function readDrawables(
  connection: Connection,
  figure: FigureFolder,
  asked: AskedBuilding | null,
  {onsCode}: Pick<PublishOptions, "onsCode">
): Promise<Drawable[]> {
  await knowArea(connection, onsCode);
  const area = (await ofOneBuild(connection, readAreaName)).value ?? {};
  const chosen = await chooseBuilding(connection, figure, asked);
  const told = await ofOneBuild(connection, each => readFigureRows(each, figure, chosen));
  if (told.value === null)
    throw new CliError(noticesOf(`figure ${figure.definition.id}`, told).map(noticeWords).join("; "));
  return drawablesOf(figure, told.value, datedWords(told)).map(({rows, draw}) => ({
    rows,
    draw: options => draw({...options, ...area})
  }));
}

/** A figure of an earlier build says so. */
export function dated(figure: Figure, words: string | null): Figure {
  return words === null
    ? figure
    : {...figure, subtitle: `${figure.subtitle}, ${words}`, alt: `${figure.alt} ${sentenceCase(words)}.`};
}

/** The name of the borough in the national statistics, where there is one. */
export async function readAreaName(connection: Connection): Promise<{readonly area?: string}> {
  const [borough] = await readMart(connection, boroughEmissions, "where area_code = getvariable('area_code') limit 1");
  return borough === undefined ? {} : {area: borough.area_name};
}

/** The rows of each picture of one figure: all in one, or by each value of the column that it names, or none. */
export function picturesOf({definition}: FigureFolder, rows: readonly object[]): (readonly object[])[] {
  const {each, isLeftOutEmpty = false} = definition;
  if (each !== undefined) return groupsOf(rows, each);
  return rows.length === 0 && isLeftOutEmpty ? [] : [rows];
}

/** The pictures of one figure: one, or one for each value of the column that it names, or none. */
function drawablesOf(figure: FigureFolder, {rows, more}: FigureRows, words: string | null): Drawable[] {
  return picturesOf(figure, rows).map(group => ({
    rows: group,
    draw: options => dated(figure.definition.draw(group, options, more), words)
  }));
}

function pictureOf(
  draw: (options: FigureOptions) => Figure,
  {box, ...options}: Omit<PublishOptions, "onsCode">
): Picture {
  if (box !== undefined) return renderInBox(draw, options, box);
  const figure = draw(options);
  return {figure, svg: renderSvg(figure, options)};
}

function groupsOf(rows: readonly object[], column: string): object[][] {
  const groups = new Map<unknown, object[]>();
  for (const row of rows) {
    const key = (row as Readonly<Record<string, unknown>>)[column];
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

function filesOf({figure, svg}: Picture): PublishedFigure {
  const files = [
    {path: `figures/${figure.id}.svg`, bytes: new TextEncoder().encode(svg)},
    {path: `figures/${figure.id}.png`, bytes: renderPng(svg, {scale: 2})}
  ];
  return {id: figure.id, title: figure.title, alt: figure.alt, files};
}
