import {longDateText} from "../../wording/dates.ts";
import {editionText} from "../../wording/editions.ts";
import {printable} from "../../wording/titles.ts";
import {blankCheckValue} from "../edition-mark.ts";
import {noticeWords} from "../notices.ts";
import type {Page, Places, SiteContext} from "./context.ts";
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
  edition: ({site}) => editionOf(site),
  badge: ({site, notices}) => {
    const all = [...new Set(notices.map(noticeWords))];
    const badges = [...(site.isIllustrative ? ["Illustrative estate: every reading is invented"] : []), ...all];
    return html`${badges.map(words => html`<p class="badge">${words}</p>`)}`;
  },
  building_title: ({building}: Page) => html`${printable(building?.name ?? "")}`,
  building_name: ({building}: Page) => named(building?.name ?? ""),
  borough_name: ({site}) => named(site.options.area ?? "The borough")
};

/** Which edition a page is of, and what it is checked by. */
export function editionOf({edition, asOf}: SiteContext): Html {
  const words = html`${editionText(edition, asOf)}.`;
  return edition === null ? words : html`${words} Check value: <code>${blankCheckValue}</code>`;
}
