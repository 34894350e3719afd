import {readArchive} from "../../archive/archive.ts";
import type {Config} from "../../council/config.ts";
import {inert} from "../../effects.ts";
import {snapshotsFolder} from "../../ingest/reconcile.ts";
import type {Finding} from "../../models/marts/findings.ts";
import {readSeenFindings} from "../../pipeline/findings-seen.ts";
import type {Ailment} from "../../pipeline/health.ts";
import {isKept} from "../../pipeline/slots.ts";
import {readFindings} from "../../publish/findings.ts";
import {numberTexts} from "../../publish/headline.ts";
import {withPublished} from "../../warehouse/published.ts";
import {findingCost, findingTitle, findingWhen, isOpen} from "../../wording/findings.ts";
import {andMore, firstOf} from "../../wording/lists.ts";
import {several} from "../../wording/numbers.ts";
import {sentenceCase} from "../../wording/titles.ts";
import type {Item} from "../status/item.ts";
import {notRenewedItems, toldTexts, tryAgain} from "../status/not-renewed.ts";
import {owedText, type ScheduleReport} from "../status/schedule.ts";
import {attentionItems, coverageText, type Standing} from "../status/standing.ts";

/** What a part of the message is made from. What could not be read is null, and is told of already. */
export interface World {
  readonly dataFolder: string;
  readonly now: Date;
  /** From when on it tells what came in, and that in words. */
  readonly since: Date;
  readonly sinceText: string;
  readonly config: Config | null;
  readonly standing: Standing | null;
  readonly health: readonly Ailment[];
  readonly schedule: ScheduleReport | null;
}

/** Something that failed, and what it is of. */
export interface Failed extends Item {
  readonly of: Ailment["of"];
}

/** What a part has to say; all of it may be left out. */
export interface Said {
  readonly failed?: readonly Failed[];
  /** What needs somebody to act, though nothing failed. */
  readonly attention?: readonly Item[];
  /** What somebody should know. */
  readonly notes?: readonly Item[];
  /** Texts under the part's own heading. */
  readonly heading?: string;
  readonly texts?: readonly string[];
  /** The same for programs, under the part's name. */
  readonly facts?: unknown;
}

/** One part of the daily message. It only reads; what it throws is said in its place, and the others stand. */
export interface Part {
  readonly name: string;
  readonly read: (world: World) => Said | Promise<Said>;
}

const mostNamed = 5;

const failures: Part = {
  name: "failures",
  read({health, standing, schedule}) {
    const ailments = health.map(({of, words, rows, isFailure}) => ({
      isFailure,
      ...{of, words: inert(words), rows: rows.map(inert)}
    }));
    const items = (isFailure: boolean) => ailments.filter(each => each.isFailure === isFailure);
    const owed = (schedule?.standings ?? []).filter(each => each.owed.length > 0);
    const now = schedule?.now ?? new Date(0);
    const isFailed = (each: (typeof owed)[number]) => !isKept(each, now) || each.owed.some(({faults}) => faults > 0);
    const owedItem = (each: (typeof owed)[number]) => ({
      of: "schedule" as const,
      words: `${sentenceCase(each.pipeline.name)} ${owedText(each, now)}`,
      rows: []
    });
    return {
      failed: [
        ...items(true).map(({of, words, rows}) => ({of, words, rows})),
        ...owed.filter(isFailed).map(owedItem),
        ...notRenewedItems(standing?.notRenewed ?? []).map(({words, rows}) => ({
          of: "figures" as const,
          words: `A part of the figures could not be made: ${words}`,
          rows: [...rows, tryAgain]
        }))
      ],
      notes: [
        ...items(false).map(({words, rows}) => ({words, rows})),
        ...owed.filter(each => !isFailed(each)).map(owedItem)
      ]
    };
  }
};

const arrivals: Part = {
  name: "came_in",
  async read({dataFolder, since, sinceText}) {
    const {receipts} = await readArchive(snapshotsFolder(dataFolder));
    const files = new Map<string, Map<string, string>>();
    for (const {feed, sha256, file_name, received_at} of receipts.values())
      if (Date.parse(received_at) > since.getTime())
        files.set(feed, (files.get(feed) ?? new Map<string, string>()).set(sha256, file_name));
    const facts = [...files].map(([feed, names]) => ({feed, files: names.size, file_names: [...names.values()]}));
    const texts = facts.map(
      ({feed, files: count, file_names}) =>
        `${feed}: ${several(count, "file")} (${firstOf(file_names.map(inert), mostNamed)})`
    );
    return {heading: `Received ${sinceText}`, texts: texts.length === 0 ? ["no files"] : texts, facts};
  }
};

const attention: Part = {
  name: "attention",
  read: ({standing}) => ({attention: standing === null ? [] : attentionItems(withoutValues(standing))})
};

/** Stands where a value of a file stood. */
export const notShown = "[not shown]";

/** What cells and headings say stays in the house: it may be of somebody. `canopy status` shows it. */
function withoutValues(standing: Standing): Standing {
  const {rejects, refused} = standing;
  return {
    ...standing,
    rejects: {...rejects, value: rejects.value?.map(each => ({...each, value: each.value && notShown})) ?? null},
    refused: {...refused, value: refused.value?.map(each => ({...each, difference: null})) ?? null}
  };
}

const mostFindings = 3;

/** What is new, worse, gone or due of what somebody should look at in buildings. */
const buildings: Part = {
  name: "findings",
  async read({dataFolder, since, sinceText, config}) {
    const all = await withPublished(dataFolder, readFindings).catch(() => []);
    const open = all.filter(isOpen);
    const seen = await readSeenFindings(dataFolder);
    const isSince = (at: string | null | undefined) =>
      at !== null && at !== undefined && Date.parse(at) > since.getTime();
    const asOf = new Date(config?.asOf ?? 0);
    const told = (finding: Finding) =>
      [findingTitle(finding), findingWhen(finding, asOf), findingCost(finding)]
        .filter(text => text !== null)
        .join(", ");
    const fresh = open.filter(({finding_id, kind}) => kind !== "due" && isSince(seen.get(finding_id)?.first_seen_at));
    const worse = open.filter(({finding_id}) => isSince(seen.get(finding_id)?.worse_at));
    const gone = [...seen.values()].filter(({gone_at}) => isSince(gone_at)).map(({title}) => title);
    const due = open.filter(({kind}) => kind === "due");
    const list = (word: string, texts: readonly string[]) =>
      texts.length === 0
        ? []
        : [
            ...texts.slice(0, mostFindings).map(text => `${word}: ${inert(text)}`),
            ...(texts.length > mostFindings
              ? [`${word}: ${andMore(texts.length - mostFindings).replace("… and ", "")}`]
              : [])
          ];
    return {
      heading: `Buildings ${sinceText}`,
      texts: [
        ...list("new", fresh.map(told)),
        ...list("worse", worse.map(told)),
        ...list("no longer found", gone),
        ...list("due", due.map(told)),
        ...(open.length === 0 ? [] : [`${several(open.length, "finding")} in all: canopy findings`])
      ],
      facts: {new: ids(fresh), worse: ids(worse), due: ids(due), open: open.length}
    };
  }
};

const ids = (found: readonly Finding[]) => found.map(({finding_id}) => finding_id);

const coverage: Part = {
  name: "coverage",
  read: ({standing}) =>
    standing === null
      ? {}
      : {
          heading: "How complete our data is, last 12 months",
          texts: toldTexts("energy", standing.energy, ({coverage: all}) => [coverageText(all)]),
          facts: standing.energy.value?.coverage ?? null
        }
};

const number: Part = {
  name: "number",
  read: ({standing}) =>
    standing === null
      ? {}
      : {
          heading: "The number",
          texts: toldTexts("emissions", standing.headline, numberTexts),
          facts: {
            whole_year: standing.headline.value?.whole ?? null,
            incomplete_year: standing.headline.value?.incomplete ?? null,
            year_to_date: standing.headline.value?.toDate ?? null
          }
        }
};

/** The parts of the daily message, in this order. What is to be said from now on is one more of them. */
export const parts: readonly Part[] = [failures, attention, arrivals, buildings, coverage, number];
