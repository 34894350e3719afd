import {createHash} from "node:crypto";
import {toCsv} from "../../domain/csv.ts";
import type {FigureFolder} from "../../figures/index.ts";
import {marts} from "../../models/marts/index.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {ofOneBuild} from "../../warehouse/published.ts";
import {slug} from "../../wording/titles.ts";
import {type AskedBuilding, chooseBuilding, type FigureRows, readFigureRows, readNumbers} from "../figure-rows.ts";
import {dated, picturesOf} from "../figures.ts";
import {datedWords, noticesOf, noticeWords} from "../notices.ts";
import type {Page, Place, SiteContext} from "./context.ts";
import {type Html, html, nothing} from "./html.ts";
import {numbersOf} from "./numbers.ts";
import {type AtWidths, drawnAtWidths, figureFrame, type Widths, widths} from "./picture.ts";

/** Pictures of one building are many: one width, for a phone and for half a page. */
const buildingWidths = {only: 380};

/** `{{figure ID}}` or `{{figure ID VALUE}}`: every picture of a figure, of the page's building if it is of one. With `figure?` it is left out where there is none. */
export const figurePlace: Place = async (page, argument, isOptional) => {
  const [id = "", part] = argument.split(" ");
  const folder = page.site.figures.find(({definition}) => definition.id === id);
  if (folder === undefined) throw new Error(`a page names a figure that is not there: ${id}`);
  const {connection} = page.site;
  const chosen = await chosenOf(page, folder);
  const isOfBuilding = folder.definition.building !== undefined;
  if (isOfBuilding && chosen === null) return absent(folder, isOptional);
  const told = await ofOneBuild(connection, async each => {
    const read = await readFigureRows(each, folder, chosen);
    return {...read, numbers: await readNumbers(each, folder)};
  });
  const notices = noticesOf(`figure ${id}`, told);
  page.notices.push(...notices);
  if (told.value === null) return html`<p class="absent">${notices.map(noticeWords).join("; ")}.</p>`;
  const of = part === undefined ? told.value : {...told.value, rows: rowsOfPart(folder, told.value.rows, part)};
  if (part !== undefined && of.rows.length === 0) return absent(folder, isOptional);
  const drawn = drawnAt(page.site, folder, of, isOfBuilding ? buildingWidths : widths, datedWords(told));
  if (drawn.length === 0) return absent(folder, isOptional);
  const own = typeof folder.definition.numbers === "string" ? told.value.numbers : null;
  return html`${drawn.map(each => figureHtml(page, folder, each, own ?? each.rows))}`;
};

const absent = ({definition: {summary}}: FigureFolder, isOptional: boolean): Html =>
  isOptional ? nothing : html`<p class="absent">There is nothing to draw of this yet: ${summary}.</p>`;

function rowsOfPart({definition: {part}}: FigureFolder, rows: readonly object[], value: string): readonly object[] {
  return rows.filter(row => slug(String((row as Readonly<Record<string, unknown>>)[part ?? ""])) === value);
}

/** Which buildings and energies each mart has rows of, asked once for all pages. */
const known = new WeakMap<SiteContext, Map<string, Promise<readonly AskedBuilding[]>>>();

async function chosenOf({site, building}: Page, folder: FigureFolder): Promise<AskedBuilding | null> {
  const of = folder.definition.building;
  if (of === undefined) return null;
  if (building === null) return chooseBuilding(site.connection, folder);
  const asked = known.get(site) ?? new Map();
  known.set(site, asked);
  const all = asked.get(of.mart) ?? buildingsIn(site.connection, of.mart);
  asked.set(of.mart, all);
  const own = ((await all) as readonly AskedBuilding[]).filter(({siteId}) => siteId === building.siteId);
  const energy = (each: AskedBuilding) => each.energy ?? of.energy;
  const chosen = own.find(each => energy(each) === of.energy) ?? own[0];
  return chosen === undefined ? null : {siteId: chosen.siteId, energy: energy(chosen)};
}

function buildingsIn(connection: Connection, mart: string): Promise<AskedBuilding[]> {
  const energy = marts.get(mart)?.row.shape.energy === undefined ? "null::varchar" : "energy";
  const sql = `select distinct site_id as "siteId", ${energy} as energy from marts.${mart} order by all`;
  return ofOneBuild(connection, each => each.rows<AskedBuilding>(sql)).then(({value}) => value ?? []);
}

/** A picture at each width, with the rows that it is of. */
interface Drawn extends AtWidths {
  readonly rows: readonly object[];
}

function drawnAt(
  site: SiteContext,
  folder: FigureFolder,
  of: FigureRows,
  at: Widths,
  words: string | null
): readonly Drawn[] {
  return picturesOf(folder, of.rows).map(rows => ({
    rows,
    ...drawnAtWidths(
      options => dated(folder.definition.draw(rows, options, of.more), words),
      site.options,
      at,
      svg => withFiles(site, svg)
    )
  }));
}

/** Pixels of a picture in a file of their own, which all its widths show. */
function withFiles({files}: SiteContext, svg: string): string {
  return svg.replace(/data:image\/png;base64,([^"]+)/g, (_, base64: string) => {
    const bytes = Buffer.from(base64, "base64");
    const name = `pictures/${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}.png`;
    files.set(name, {path: `site/${name}`, bytes});
    return `./${name}`;
  });
}

function figureHtml(page: Page, folder: FigureFolder, drawn: Drawn, numbers: readonly object[]): Html {
  const {definition} = folder;
  const below = html`${definition.numbers === null ? null : numbersOf(drawn.figure.subtitle, numbers)}
${linksOf(page, folder, drawn)}`;
  return figureFrame(drawn, definition.building === undefined ? "of-all" : "of-one", below);
}

function linksOf({site}: Page, folder: FigureFolder, {figure: {id, title}, rows}: Drawn): Html {
  const about = html`<span class="unseen"> of: ${title}</span>`;
  const link = (address: string, words: string) => html`<li><a href="${address}" download>${words}${about}</a></li>`;
  const isOfAll = folder.definition.building === undefined;
  if (isOfAll) {
    const names = Object.keys(rows[0] ?? {});
    const csv = toCsv(
      names,
      rows.map(row => names.map(name => (row as Readonly<Record<string, unknown>>)[name]))
    );
    const path = `figures/${id}.csv`;
    site.files.set(path, {path: `site/${path}`, bytes: new TextEncoder().encode(csv)});
  }
  const files = isOfAll
    ? [
        link(`./figures/${id}.svg`, "Picture (SVG)"),
        link(`./figures/${id}.png`, "Picture (PNG)"),
        link(`./figures/${id}.csv`, "Rows (CSV)")
      ]
    : [];
  const tables = openTablesOf(folder).map(
    name => html`<li><a href="./open-data.html#${name}">Open data: ${name.replaceAll("_", " ")}${about}</a></li>`
  );
  return html`<ul class="links">${files}${tables}<li><a href="#${id}">Link to this figure${about}</a></li></ul>`;
}

/** The open tables that its queries read. */
function openTablesOf({queries}: FigureFolder): string[] {
  const named = [...queries.values()].flatMap(sql => [...sql.matchAll(/\bmarts\.(\w+)/g)].map(([, name = ""]) => name));
  return [...new Set(named)].filter(name => marts.get(name)?.isOpenData === true).sort();
}
