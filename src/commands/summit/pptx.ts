import library from "pptxgenjs";
import {paletteOf, slideInches, slidePixels} from "../../figures/kit/theme.ts";
import {outlined, renderPng} from "../../figures/render/render.ts";
import {escaped} from "../../figures/render/wrapped-text.ts";
import {type Box, type Layout, layoutOf, rowHeight, rowsWithin, sizes} from "./layout.ts";
import type {Told} from "./ledger.ts";
import {mended} from "./mend.ts";
import type {Chart, DeckPlan, SlidePlan, Table} from "./plan.ts";

/** A picture of the deck as files of its own. */
export interface DeckPicture {
  readonly slide: string;
  readonly id: string;
  readonly svg: string;
  readonly png: Buffer;
}

/** A PowerPoint file, and the pictures in it. */
export interface Deck {
  readonly pptx: Buffer;
  readonly pictures: readonly DeckPicture[];
}

const colour = (hex: string) => hex.slice(1).toUpperCase();
const light = paletteOf("light");
const [ink, muted, grid] = [colour(light.ink), colour(light.muted), colour(light.grid)];
const face = "Arial";
const lang = "en-GB";
const language = {lang, fontFace: face} as const;

/** The library's class. Its types call it a part of what it exports, and it is all of it. */
const PptxGenJs = library as unknown as typeof library.default;
type Pptx = InstanceType<typeof library.default>;
type Slide = ReturnType<Pptx["addSlide"]>;
const placed = ({x, y, w, h, points}: Box) => ({x, y, w, h, fontSize: points, margin: 0, fit: "none" as const});

/** The deck as a file: the same plan gives the same bytes. Pictures are outlines, so that no font is needed, with a PNG for programs that draw no SVG. */
export async function writeDeck(plan: DeckPlan): Promise<Deck> {
  const deck = new PptxGenJs();
  deck.defineLayout({name: "wide", width: slideInches.width, height: slideInches.height});
  deck.layout = "wide";
  deck.title = plan.title.text;
  deck.author = plan.council;
  // The library escapes the others, and this not.
  deck.company = escaped(plan.council);
  deck.subject = plan.footer.text;
  deck.theme = {headFontFace: face, bodyFontFace: face};
  defineMaster(deck);
  const pictures = plan.slides.flatMap(slide => addSlide(deck, slide, plan.footer));
  const written = (await deck.write({outputType: "nodebuffer"})) as Buffer;
  return {
    pptx: await mended(written, {
      date: plan.date,
      pngs: pictures.map(({png}) => png),
      places: plan.slides.map(slide => placesOf(layoutOf(slide)))
    }),
    pictures
  };
}

const placesOf = ({title, lines}: Layout) => ({title, body: lines});

const masterName = "canopy";

/** Title and body are placeholders, so that the outline and a screen reader have them in order. No picture stands on the master. */
function defineMaster(deck: Pptx): void {
  const across = {x: 0.43, w: slideInches.width - 0.86};
  deck.defineSlideMaster({
    title: masterName,
    background: {color: "FFFFFF"},
    objects: [
      {
        placeholder: {
          options: {
            name: "title",
            type: "title",
            ...across,
            y: 0.28,
            h: 1,
            fontSize: sizes.title,
            bold: true,
            color: ink,
            align: "left",
            valign: "top",
            margin: 0
          },
          text: ""
        }
      },
      {
        placeholder: {
          options: {
            name: "body",
            type: "body",
            ...across,
            y: 1.4,
            h: 5,
            fontSize: sizes.line,
            color: ink,
            align: "left",
            valign: "top",
            margin: 0
          },
          text: ""
        }
      }
    ],
    slideNumber: {
      x: slideInches.width - 1.33,
      y: 6.93,
      w: 0.9,
      h: 0.38,
      fontFace: face,
      fontSize: sizes.least,
      color: muted,
      align: "right",
      margin: 0
    }
  });
}

function addSlide(deck: Pptx, plan: SlidePlan, footer: Told): DeckPicture[] {
  const slide = deck.addSlide({masterName});
  const layout = layoutOf(plan);
  slide.addText(plan.title.text, {
    ...placed(layout.title),
    ...language,
    placeholder: "title",
    objectName: "Title",
    bold: true,
    color: ink,
    valign: "top",
    align: "left"
  });
  addLines(slide, plan, layout);
  if (plan.under !== undefined && layout.under !== null)
    slide.addText(plan.under.text, {
      ...placed(layout.under),
      ...language,
      color: muted,
      valign: "top",
      objectName: "What is measured"
    });
  const pictures = addBody(slide, plan, layout);
  slide.addText(plan.source.text, {
    ...placed(layout.source),
    ...language,
    color: muted,
    valign: "bottom",
    objectName: "Source"
  });
  slide.addText(footer.text, {
    ...placed(layout.footer),
    ...language,
    color: muted,
    valign: "middle",
    objectName: "Footer"
  });
  slide.addNotes(plan.notes.map(({text}) => text).join("\n"));
  return pictures;
}

/** The lines of a slide, in its body where nothing else is shown. */
function addLines(slide: Slide, {lines}: SlidePlan, {lines: box, shownLines}: Layout): void {
  if (box === null) return;
  const shown = lines.slice(0, shownLines);
  const runs = shown.map(({words, isStrong = false}, i) => ({
    text: words.text,
    options: {...language, bold: isStrong, breakLine: i < shown.length - 1, paraSpaceBefore: 3, bullet: false}
  }));
  slide.addText(runs, {
    ...placed(box),
    ...language,
    color: ink,
    valign: "top",
    align: "left",
    placeholder: "body",
    objectName: "Body"
  });
}

function addBody(slide: Slide, {id, drawing, chart, table}: SlidePlan, {body}: Layout): DeckPicture[] {
  if (body === null) return [];
  if (chart !== undefined) addChart(slide, chart, body);
  else if (table !== undefined && table.rows.length > 0) addTable(slide, table, body);
  if (drawing === undefined) return [];
  const svg = drawing.svgOf(slidePixels(body.h));
  const picture = outlined(svg);
  const high = (Number(/ height="([\d.]+)"/.exec(svg)?.[1]) / slidePixels(body.w)) * body.w;
  slide.addImage({
    data: `data:image/svg+xml;base64,${Buffer.from(picture).toString("base64")}`,
    ...{x: body.x, y: body.y, w: body.w, h: Math.min(body.h, high)},
    altText: drawing.alt.text,
    objectName: `Figure ${drawing.id}`
  });
  return [{slide: id, id: drawing.id, svg: picture, png: renderPng(svg, {scale: 2.5})}];
}

function addChart(slide: Slide, {name, alt, categories, series, unit}: Chart, {x, y, w, h}: Box): void {
  const fonts = {fontFace: face, fontSize: sizes.least, color: ink};
  slide.addChart(
    "bar",
    series.map(each => ({
      name: each.name.text,
      labels: categories.map(({text}) => text),
      values: each.values as number[]
    })),
    {
      ...{x, y, w, h},
      barDir: "col",
      barGrouping: "stacked",
      barGapWidthPct: 40,
      chartColors: [...light.bands, light.rest].map(colour).slice(0, series.length),
      altText: alt.text,
      objectName: name,
      showLegend: true,
      legendPos: "r",
      legendFontFace: fonts.fontFace,
      legendFontSize: fonts.fontSize,
      legendColor: fonts.color,
      catAxisLabelFontFace: fonts.fontFace,
      catAxisLabelFontSize: fonts.fontSize,
      catAxisLabelColor: fonts.color,
      valAxisLabelFontFace: fonts.fontFace,
      valAxisLabelFontSize: fonts.fontSize,
      valAxisLabelColor: fonts.color,
      valAxisLabelFormatCode: "#,##0",
      valAxisTitle: unit.text,
      showValAxisTitle: true,
      valAxisTitleFontSize: fonts.fontSize,
      valAxisTitleColor: fonts.color,
      valGridLine: {color: grid, size: 1},
      catGridLine: {style: "none"},
      valAxisMinVal: 0
    }
  );
}

function addTable(slide: Slide, {name, rows}: Table, {x, y, w, h, points}: Box): void {
  const shown = rowsWithin(rows, {h}, "sources");
  const high = rowHeight(shown.length, {h});
  const cells = shown.map((row, i) =>
    row.map((words, column) => ({
      text: words.text,
      options: {
        ...language,
        fontSize: high > 0.5 ? sizes.line : points,
        color: ink,
        bold: i === 0 || i >= shown.length - (rows.length - sourcesIn(rows)),
        align: column === row.length - 1 ? ("right" as const) : ("left" as const),
        border: [none, none, {type: "solid", pt: 1, color: grid}, none] as Borders,
        margin: [0.03, 0.08, 0.03, 0.08] as [number, number, number, number]
      }
    }))
  );
  slide.addTable(cells, {x, y, w: Math.min(w, 10), colW: [6, 4], rowH: high, objectName: name});
}

interface Border {
  readonly type: "none" | "solid";
  readonly pt?: number;
  readonly color?: string;
}
type Borders = [Border, Border, Border, Border];
const none: Border = {type: "none"};

/** How many rows of a table are of sources, its heading among them: the others are sums. */
const sourcesIn = (rows: Table["rows"]) => rows.findIndex(([first]) => first?.text === "All");
