import {longDateText} from "../../wording/dates.ts";
import {printable} from "../../wording/titles.ts";
import {noticeWords} from "../notices.ts";
import type {Page, Places} from "./context.ts";
import {type Html, html, named} from "./html.ts";

/** `31 October 2026`, never broken over two lines. */
const unbroken = (date: Date) => longDateText(date).replaceAll(" ", "\u00a0");

/** The places of the template, which every page has. */
export const commonPlaces: Places = {
  description: ({site, building}) =>
    html`${building === null ? "" : `${printable(building.name)}: `}Emissions, energy and targets of ${site.council}, as at ${unbroken(site.asOf)}.`,
  council: ({site}) => html`${site.council}`,
  council_name: ({site}) => named(site.council),
  as_at: ({site}) => html`as at ${unbroken(site.asOf)}`,
  edition: ({site}) => editionOf(site.asOf),
  badge: ({site, notices}) => {
    const all = [...new Set(notices.map(noticeWords))];
    const badges = [...(site.isIllustrative ? ["Illustrative estate: every reading is invented"] : []), ...all];
    return html`${badges.map(words => html`<p class="badge">${words}</p>`)}`;
  },
  building_title: ({building}: Page) => html`${printable(building?.name ?? "")}`,
  building_name: ({building}: Page) => named(building?.name ?? ""),
  borough_name: ({site}) => named(site.options.area ?? "The borough")
};

/** Which edition of the numbers a page shows: so far each page is a draft of what is held now. */
export function editionOf(asOf: Date): Html {
  return html`Draft, as at ${unbroken(asOf)}`;
}
