import {type Part, readZip, writeZip} from "./zip.ts";

/** What the package is told from outside. */
export interface Mending {
  /** The deck's own date, at midnight UTC. */
  readonly date: Date;
  /** The pictures for programs that draw no SVG, in the order of the slides. */
  readonly pngs: readonly Buffer[];
  /** Where the title and the body of each slide stand: the library keeps to the master's places. */
  readonly places: readonly {readonly title: Place; readonly body: Place | null}[];
}

/** A place on a slide, in inches. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/**
 * The package as it should be: titles and bodies stand in their places and empty ones are gone, notes have a paragraph a line, the library's picture of a broken image is replaced by the real one, its dates by the deck's own, American English by British,
 * parts that are listed and not there are listed no more, and shapes of a slide have numbers of their own.
 */
export async function mended(package_: Buffer, {date, pngs, places}: Mending): Promise<Buffer> {
  const parts = withOwnCharts(await readZip(package_));
  const there = new Set(parts.map(({path}) => `/${path}`));
  const stand = standIns(parts, pngs);
  const time = `${date.toISOString().slice(0, 10)}T00:00:00Z`;
  const whole = await Promise.all(
    parts.map(async part => ({
      path: part.path,
      bytes: stand.get(part.path) ?? placedPart({...part, bytes: await mendedPart(part, time, there)}, places)
    }))
  );
  return writeZip(whole.sort((a, b) => order(a.path) - order(b.path) || (a.path < b.path ? -1 : 1)));
}

/** Charts and their sheets numbered from 1: the library counts all that its process ever made. */
function withOwnCharts(parts: readonly Part[]): Part[] {
  const number = (path: string) => /^ppt\/charts\/chart(\d+)\.xml$/.exec(path)?.[1];
  const made = parts.flatMap(({path}) => number(path) ?? []).sort((a, b) => Number(a) - Number(b));
  const own = (text: string) =>
    text.replace(/(chart|Worksheet)(\d+)\.(xml|xlsx)\b/g, (whole, name: string, old: string, ending: string) =>
      made.includes(old) ? `${name}${made.indexOf(old) + 1}.${ending}` : whole
    );
  return parts.map(({path, bytes}) => ({
    path: own(path),
    bytes: /\.(xml|rels)$/.test(path) ? Buffer.from(own(bytes.toString("utf8")), "utf8") : bytes
  }));
}

/** The list of contents comes first in a package. */
const order = (path: string) => (path === "[Content_Types].xml" ? 0 : path.startsWith("_rels/") ? 1 : 2);

/** Which part each picture is put into: the one that stands beside an SVG on a slide. */
function standIns(parts: readonly Part[], pngs: readonly Buffer[]): Map<string, Buffer> {
  const number = (path: string) => Number(/slide(\d+)\.xml/.exec(path)?.[1] ?? 0);
  const slides = parts
    .filter(({path}) => /^ppt\/slides\/slide\d+\.xml$/.test(path))
    .sort((a, b) => number(a.path) - number(b.path));
  const found = slides.flatMap(({path, bytes}) => {
    const links = parts.find(part => part.path === path.replace("slides/", "slides/_rels/").concat(".rels"));
    return [...bytes.toString("utf8").matchAll(/<a:blip r:embed="(\w+)">[\s\S]*?svgBlip/g)].map(([, id = ""]) =>
      targetOf(links?.bytes.toString("utf8") ?? "", id)
    );
  });
  if (found.length !== pngs.length)
    throw new Error(`${found.length} pictures in the package, ${pngs.length} were drawn`);
  return new Map(found.map((path, i) => [path, pngs[i] as Buffer]));
}

function targetOf(links: string, id: string): string {
  const [link = ""] = links.match(new RegExp(`<Relationship [^>]*Id="${id}"[^>]*>`)) ?? [];
  return (/Target="([^"]+)"/.exec(link)?.[1] ?? "").replace("../", "ppt/");
}

async function mendedPart({path, bytes}: Part, time: string, there: ReadonlySet<string>): Promise<Buffer> {
  if (path.endsWith(".xlsx")) {
    const sheets = (await readZip(bytes)).map(async part => ({
      path: part.path,
      bytes: await mendedPart(part, time, there)
    }));
    return writeZip(await Promise.all(sheets));
  }
  if (!/\.(xml|rels)$/.test(path)) return bytes;
  let xml = bytes.toString("utf8");
  xml = xml.replace(/lang="en-US"/g, 'lang="en-GB"').replace(/altLang="en-US"/g, 'altLang="en-GB"');
  if (path.endsWith("core.xml")) xml = xml.replace(/(<dcterms:(created|modified)[^>]*>)[^<]*/g, `$1${time}`);
  if (/^ppt\/charts\/chart\d+\.xml$/.test(path))
    xml = xml.replace(/\bsz="(\d+)"/g, (whole, size: string) =>
      Number(size) < leastSize ? `sz="${leastSize}"` : whole
    );
  if (path === "[Content_Types].xml")
    xml = xml.replace(/<Override PartName="([^"]+)"[^>]*\/>/g, (whole, name: string) => (there.has(name) ? whole : ""));
  if (/^ppt\/(slides|slideLayouts|slideMasters|notesSlides)\/\w+\.xml$/.test(path)) xml = renumbered(xml);
  return Buffer.from(xml, "utf8");
}

/** A slide with its title and body where they belong, and notes with a paragraph for each line. */
function placedPart({path, bytes}: Part, places: Mending["places"]): Buffer {
  const xml = bytes.toString("utf8");
  const place = places[Number(/^ppt\/slides\/slide(\d+)\.xml$/.exec(path)?.[1] ?? 0) - 1];
  if (place !== undefined)
    return Buffer.from(renumbered(xml.replace(/<p:sp>[\s\S]*?<\/p:sp>/g, shape => placedShape(shape, place))), "utf8");
  if (!path.startsWith("ppt/notesSlides/notesSlide")) return bytes;
  const lines = /<a:p><a:r>(<a:rPr[^>]*\/>)<a:t>([^<]*)<\/a:t><\/a:r>(<a:endParaRPr[^>]*\/>)<\/a:p>/;
  return Buffer.from(
    xml.replace(lines, (_, look: string, text: string, end: string) =>
      text
        .split(/\r?\n/)
        .map(line => `<a:p><a:r>${look}<a:t>${line}</a:t></a:r>${end}</a:p>`)
        .join("")
    ),
    "utf8"
  );
}

function placedShape(shape: string, {title, body}: Mending["places"][number]): string {
  const isTitle = /<p:ph[^>]*type="title"/.test(shape);
  if (!isTitle && !/<p:ph[^>]*type="body"/.test(shape)) return shape;
  const place = isTitle ? title : body;
  if (place === null || !/<a:t>[^<]/.test(shape)) return "";
  const {x, y, w, h} = place;
  const [left, top, wide, high] = [x, y, w, h].map(inches => Math.round(inches * emuAnInch));
  return shape.replace(
    /<a:off [^>]*\/><a:ext [^>]*\/>/,
    `<a:off x="${left}" y="${top}"/><a:ext cx="${wide}" cy="${high}"/>`
  );
}

const emuAnInch = 914_400;

/** 18 points, in hundredths. */
const leastSize = 1800;

/** Shapes numbered from 2 in their order: 1 is the slide's own group. */
function renumbered(xml: string): string {
  let next = 1;
  return xml.replace(/<p:cNvPr id="\d*"/g, () => `<p:cNvPr id="${next++}"`);
}
