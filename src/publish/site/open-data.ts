import {dateOf} from "../../domain/dates.ts";
import {marts} from "../../models/marts/index.ts";
import {heldBackTexts} from "../../wording/held-back.ts";
import {plain} from "../../wording/numbers.ts";
import {sentenceCase} from "../../wording/titles.ts";
import {heldBackWords} from "../public/held-back.ts";
import type {Page, Places, SiteContext} from "./context.ts";
import {type Contract, type ContractColumn, csvwOf, readContract} from "./contracts.ts";
import {type Html, html, listOf, tableOf} from "./html.ts";

/** The places of the page of open tables. */
export const openDataPlaces: Places = {tables, licence, held_back: heldBackHere};

/** Each open table at an address that stays: CSV, Arrow, and what its columns mean. */
async function tables({site, notices}: Page): Promise<Html> {
  notices.push(...site.tableNotices);
  const all = [...site.tables.keys()].sort();
  if (all.length === 0) return html`<p>No table is published yet.</p>`;
  const contracts = await Promise.all(all.flatMap(name => marts.get(name) ?? []).map(readContract));
  return html`${contracts.map(contract => tableHtml(site, contract))}`;
}

function tableHtml(site: SiteContext, contract: Contract): Html {
  const {name} = contract;
  const {csv, arrow} = site.tables.get(name) ?? {};
  const about = {council: site.council, asOf: dateOf(site.asOf), licence: site.dataLicence};
  const put = (ending: string, bytes: Uint8Array) => {
    const path = `data/${name}.${ending}`;
    site.files.set(path, {path: `site/${path}`, bytes});
  };
  if (csv) put("csv", csv);
  if (arrow) put("arrow", arrow);
  put("csv-metadata.json", new TextEncoder().encode(csvwOf(contract, about)));
  return openTable(contract, {csv, arrow});
}

/** An open table: what it is, its files in `data/`, and what its columns are. */
export function openTable(
  {name, description, columns}: Contract,
  {csv, arrow}: {readonly csv?: Uint8Array | undefined; readonly arrow?: Uint8Array | undefined}
): Html {
  const link = (ending: string) => html`<a href="./data/${name}.${ending}" download>`;
  const title = sentenceCase(name.replaceAll("_", " "));
  const unseen = html`<span class="unseen"> of ${title}</span>`;
  return html`<section id="${name}" class="table"><h3>${title}</h3><p>${sentenceCase(description)}</p><ul class="links">${
    csv && html`<li>${link("csv")}CSV (${sizeText(csv)})${unseen}</a></li>`
  }${arrow && html`<li>${link("arrow")}Arrow (${sizeText(arrow)})${unseen}</a></li>`}<li>${link("csv-metadata.json")}What its columns are (CSV on the Web)${unseen}</a></li></ul><details class="numbers"><summary>Its columns${unseen}</summary>${tableOf(
    `Columns of ${title}`,
    columns,
    [
      {name: "Column", of: (column: ContractColumn) => html`<code>${column.name}</code>`},
      {
        name: "Holds",
        of: ({datatype, isRequired}: ContractColumn) => `${datatype}${isRequired ? "" : ", or nothing where not known"}`
      },
      {name: "Unit", of: ({unit}: ContractColumn) => unit ?? "–"},
      {name: "What it is", of: column => column.description ?? "–"}
    ]
  )}</details></section>`;
}

const sizeText = (bytes: Uint8Array) => {
  const kb = bytes.length / 1000;
  return kb >= 1000 ? `${plain(Number((kb / 1000).toPrecision(2)))} MB` : `${plain(Math.max(1, Math.round(kb)))} kB`;
};

function licence({site}: Page): Html {
  return site.dataLicence === null
    ? html`<p>${site.council} has not said yet under which licence these tables are given. Ask before you publish what you make of them.</p>`
    : html`<p>${site.council} gives these tables to anybody under this licence: <a href="${site.dataLicence}" rel="license">${site.dataLicence}</a>.</p>`;
}

/** What these pages and tables do not hold, and why. */
function heldBackHere({site}: Page): Html {
  const texts = heldBackTexts(heldBackWords(site.heldBack, site.registers?.sites ?? []));
  return texts.length === 0
    ? html`<p>Nothing.</p>`
    : html`<p>Whoever needs more may ask ${site.council} for it.</p>${listOf(texts.map(text => `${sentenceCase(text)}.`))}`;
}
