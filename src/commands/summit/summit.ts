import {mkdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {type Config, publishListOf} from "../../council/config.ts";
import {type Effects, inert} from "../../effects.ts";
import {type Edition, withEdition} from "../../frozen/editions.ts";
import {changesSince, lastEdition} from "../../frozen/since.ts";
import {noMeters, readShownMeters, shownText} from "../../publish/public/meter-numbers.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {withPublished} from "../../warehouse/published.ts";
import {plain, several} from "../../wording/numbers.ts";
import {folded, label, more} from "../../wording/report.ts";
import {mustBePublished} from "../kit/published.ts";
import type {SummitOptions} from "./draft.ts";
import {Ledger, type Listed, unmatched} from "./ledger.ts";
import {deckPage} from "./page.ts";
import {findBrowser, printedPdf} from "./pdf.ts";
import type {DeckPlan} from "./plan.ts";
import {writeDeck} from "./pptx.ts";
import {planDeck} from "./slides.ts";

/** A deck as files, and every number in it. */
export interface Summit {
  readonly plan: DeckPlan;
  readonly numbers: readonly Listed[];
  readonly files: readonly {readonly path: string; readonly bytes: Uint8Array}[];
}

/** The deck from the marts behind a connection: those of the last build, or of a frozen edition. The same marts give the same bytes. */
export async function makeSummit(connection: Connection, options: SummitOptions): Promise<Summit> {
  const meters = options.isMeterCut === true ? await readShownMeters(connection) : noMeters;
  const ledger = new Ledger(text => shownText(text, meters));
  const plan = await planDeck(connection, ledger, options);
  const {pptx, pictures} = await writeDeck(plan);
  const text = (words: string) => new TextEncoder().encode(words);
  return {
    plan,
    numbers: ledger.listed,
    files: [
      {path: "deck.pptx", bytes: pptx},
      {path: "numbers.csv", bytes: text(ledger.toCsv())},
      ...pictures.flatMap(({id, svg, png}) => [
        {path: `figures/${id}.svg`, bytes: text(svg)},
        {path: `figures/${id}.png`, bytes: png}
      ])
    ]
  };
}

/** The deck of an edition, in its own words. */
export const ofEdition = ({manifest, checkValue}: Edition, isMeterCut = false): SummitOptions => ({
  isMeterCut,
  council: manifest.council,
  isIllustrative: manifest.illustrative,
  onsCode: manifest.ons_code,
  asOf: manifest.as_of,
  since: manifest.since,
  edition: {name: manifest.name, status: manifest.status, check: checkValue}
});

/** Whether the council's list cuts meter numbers: a deck leaves the house too. */
const isMeterCut = ({council}: Config) => publishListOf(council).meter_numbers !== "whole";

async function summitOf(config: Config, edition: string | undefined): Promise<Summit> {
  if (edition !== undefined)
    return withEdition(config, edition, (connection, frozen) =>
      makeSummit(connection, ofEdition(frozen, isMeterCut(config)))
    );
  await mustBePublished(config.dataFolder);
  const {council, asOf, dataFolder} = config;
  return withPublished(dataFolder, async connection =>
    makeSummit(connection, {
      council: council.name,
      isIllustrative: council.illustrative !== null,
      onsCode: council.ons_code,
      asOf,
      isMeterCut: isMeterCut(config),
      since: await changesSince(connection, dataFolder, await lastEdition(dataFolder))
    })
  );
}

/** `canopy summit`: the deck of an edition, or of what is published now, a draft. */
export async function summitLines(
  config: Config,
  {out, edition}: {readonly out?: string; readonly edition?: string},
  {environment}: Pick<Effects, "environment">
): Promise<string[]> {
  const {plan, numbers, files} = await summitOf(config, edition);
  const folder = out ?? join(config.dataFolder, "summit");
  await mkdir(join(folder, "figures"), {recursive: true});
  for (const {path, bytes} of files) await writeFile(join(folder, path), bytes);
  const browser = await findBrowser(environment);
  if (browser !== null) await writeFile(join(folder, "deck.pdf"), await printedPdf(browser, deckPage(plan), plan.date));
  const unfound = [
    ...new Set(numbers.filter(({mart}) => mart === unmatched).map(({slide, text}) => `${text} (${slide})`))
  ];
  return folded([
    label("Slides", `${plain(plan.slides.length)}, ${edition === undefined ? "a draft" : `of edition ${edition}`}`),
    ...plan.slides.map(({title}) => more(inert(title.text))),
    label(
      "Numbers",
      `${plain(numbers.length)} in numbers.csv, each with its row${unfound.length === 0 ? "" : `, but for ${several(unfound.length, "one", "of them")}: ${unfound.join(", ")}`}`
    ),
    label("Written", inert(join(folder, "deck.pptx"))),
    more(
      browser === null
        ? "no deck.pdf: it is printed by Chromium or Chrome, and neither is installed"
        : inert(join(folder, "deck.pdf"))
    )
  ]);
}
