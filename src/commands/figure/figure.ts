import {mkdir, writeFile} from "node:fs/promises";
import {dirname, extname, join} from "node:path";
import type {Config} from "../../council/config.ts";
import {readRegisters} from "../../council/registers.ts";
import {inert} from "../../effects.ts";
import {CliError} from "../../errors.ts";
import {type FigureFolder, readFigures} from "../../figures/index.ts";
import {slideInches, slidePixels, type Theme} from "../../figures/kit/theme.ts";
import type {Box} from "../../figures/render/render.ts";
import {figureOptions} from "../../publish/figure-options.ts";
import type {AskedBuilding} from "../../publish/figure-rows.ts";
import {drawFigures} from "../../publish/figures.ts";
import {withPublished} from "../../warehouse/published.ts";
import {folded, label, more} from "../../wording/report.ts";
import {siteNamed} from "../kit/named-site.ts";
import {named} from "../kit/nearest.ts";
import {mustBePublished} from "../kit/published.ts";

export interface FigureAsked {
  readonly energy?: string;
  readonly theme: Theme;
  readonly width: string;
  readonly height?: string;
  readonly slide?: boolean;
  /** False where the title, the subtitle and the source line are left to somebody else. */
  readonly words: boolean;
  readonly out?: string;
}

/** Draws a figure into a file, or lists them all. */
export async function figureLines(
  config: Config,
  name: string | undefined,
  building: string | undefined,
  asked: FigureAsked
): Promise<string[]> {
  const figures = await readFigures();
  if (name === undefined) return listLines(figures);
  const figure = named(new Map(figures.map(each => [each.definition.id, each])), "figure", name);
  if (building !== undefined && figure.definition.building === undefined)
    throw new CliError(`the figure ${name} is of the whole council, not of one building`, {exitCode: 2});
  const site = building === undefined ? null : siteNamed((await readRegisters(config.dataFolder)).sites, building);
  const of = site === null ? null : {siteId: site.site_id, energy: asked.energy ?? null};
  return drawInto(config, figure, of, {...asked, ...sizeOf(asked), of: site?.name ?? null});
}

interface Drawing {
  readonly theme: Theme;
  readonly width: number;
  readonly box?: Box | undefined;
  readonly out?: string;
  /** The building's name, for the sentence that there is nothing of it. */
  readonly of: string | null;
}

/**
 * Draws a figure from the published marts into a file, and says what it shows.
 *
 * @throws CliError where there is nothing to draw it of, or the name of the file ends in neither .svg nor .png.
 */
export async function drawInto(
  config: Config,
  figure: FigureFolder,
  asked: AskedBuilding | null,
  {theme, width, box, out, of}: Drawing
): Promise<string[]> {
  await mustBePublished(config.dataFolder);
  const drawn = await withPublished(config.dataFolder, connection =>
    drawFigures(connection, figure, asked, figureOptions(config, {theme, width, ...(box !== undefined && {box})}))
  );
  if (drawn.length === 0)
    throw new CliError(
      `there is nothing to draw ${figure.definition.id}${of === null ? "" : ` of ${of}`} from: ${figure.definition.summary}`
    );
  if (out !== undefined && drawn.length > 1)
    throw new CliError(`${figure.definition.id} has ${drawn.length} pictures: leave out --out`, {exitCode: 2});
  const lines: string[] = [];
  for (const each of drawn) {
    const file = out ?? join(config.dataFolder, "figures", `${each.figure.id}.svg`);
    const bytes = bytesOf(each, file);
    await mkdir(dirname(file), {recursive: true});
    await writeFile(file, bytes);
    lines.push(label("Figure", inert(each.figure.title)), more(inert(each.figure.alt)), label("Written", inert(file)));
  }
  return folded(lines);
}

function bytesOf({svg, png}: {readonly svg: string; readonly png: Uint8Array}, file: string): string | Uint8Array {
  const ending = extname(file).toLowerCase();
  if (ending === ".svg") return svg;
  if (ending === ".png") return png;
  throw new CliError(`a figure is written as .svg or .png: ${file}`, {exitCode: 2});
}

/** The width of the picture, and the box that it has to fit where a height is given, or no words are wanted. */
function sizeOf({width, height, slide, words}: FigureAsked): {readonly width: number; readonly box: Box | undefined} {
  const isWordless = !words;
  if (slide) return {width: slidePixels(slideInches.width), box: {height: slidePixels(slideInches.height), isWordless}};
  if (height === undefined && isWordless)
    throw new CliError("without words a figure has to fit a box: give --height, or --slide", {exitCode: 2});
  return {
    width: pixelsOf(width, "width", 320),
    box: height === undefined ? undefined : {height: pixelsOf(height, "height", 240), isWordless}
  };
}

function pixelsOf(text: string, what: string, least: number): number {
  const pixels = Number(text);
  if (!Number.isInteger(pixels) || pixels < least || pixels > 3840)
    throw new CliError(`a ${what} is a whole number of px from ${least} to 3840: ${text}`, {exitCode: 2});
  return pixels;
}

const listLines = (figures: readonly FigureFolder[]): string[] =>
  figures.map(
    ({definition: {id, summary, building}}) =>
      `${id.padEnd(20)} ${summary}${building === undefined ? "" : " (any building)"}`
  );
