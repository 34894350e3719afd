import {readConfig} from "../../council/config.ts";
import type {Effects} from "../../effects.ts";
import {messageOf} from "../../errors.ts";
import {type Ailment, readHealth} from "../../pipeline/health.ts";
import {withPublished} from "../../warehouse/published.ts";
import {instantText} from "../../wording/dates.ts";
import {sentenceCase} from "../../wording/titles.ts";
import {mustBePublished} from "../kit/published.ts";
import type {Item} from "../status/item.ts";
import {readSchedule} from "../status/schedule.ts";
import {headingOf, readStanding, type Standing} from "../status/standing.ts";
import {type Failed, notShown, parts, type Said, type World} from "./parts.ts";

/** What a digest is read with. */
export interface Reading {
  readonly dataFolder: string;
  readonly now: Date;
  /** From when on it tells what came in; `isFirst` where that is only the last day, because no message came before. */
  readonly since: Date;
  readonly isFirst: boolean;
  /** Whether the warehouse is being written. */
  readonly isWriting: boolean;
  readonly effects: Effects;
}

/** What a part says under its own heading. */
export interface Section {
  readonly heading: string;
  readonly texts: readonly string[];
}

/** All that a daily message says. */
export interface Digest extends Pick<Reading, "now" | "since" | "isWriting"> {
  readonly council: string;
  /** Whose figures and up to when; null where the settings cannot be read. */
  readonly of: string | null;
  /** The gravest first. */
  readonly failed: readonly Failed[];
  readonly attention: readonly Item[];
  readonly notes: readonly Item[];
  readonly sections: readonly Section[];
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What makes the rest wrong or unsure comes first. */
const gravity: readonly Ailment["of"][] = [
  "settings",
  "archive",
  "clock",
  "disk",
  "warehouse",
  "schedule",
  "run",
  "figures",
  "service",
  "inbox",
  "message"
];

/** A row that a reason quotes, and what stands in quotation marks, stay in the house too. */
const withoutQuotes = (text: string): string => {
  const [before = ""] = text.split(/: \{"/);
  return before.includes("canopy ") ? before : before.replaceAll(/"[^"]*"/g, notShown);
};

const outside = <T extends Item>(items: readonly T[]): T[] =>
  items.map(item => ({...item, words: withoutQuotes(item.words), rows: item.rows.map(withoutQuotes)}));

/** Reads all that a message says. Never throws: what cannot be read is one of the things that failed. */
export async function readDigest({dataFolder, now, since, isFirst, isWriting, effects}: Reading): Promise<Digest> {
  const unread: Failed[] = [];
  const orNull = async <T>(of: Ailment["of"], work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      unread.push({of, words: sentenceCase(messageOf(error)), rows: []});
      return null;
    }
  };
  const config = await orNull("settings", () => readConfig(dataFolder, now));
  const standing = config === null ? null : await orNull("figures", () => published(config, now, effects));
  const health =
    standing?.health ??
    (await orNull("archive", () => readHealth(dataFolder, null, {now: () => now, environment: effects.environment}))) ??
    [];
  const schedule = await orNull("schedule", () => readSchedule(dataFolder, now));
  const sinceText = isFirst ? "in the last 24 hours" : `since the last message, ${instantText(since)}`;
  const world: World = {dataFolder, now, since, sinceText, config, standing, health, schedule};
  const said = await Promise.all(
    parts.map(async ({name, read}): Promise<Said & {readonly name: string}> => {
      const all = await orNull("figures", async () => read(world));
      return {name, ...all};
    })
  );
  return {
    ...{now, since, isWriting},
    council: config?.council.name ?? "canopy",
    of: config === null ? null : headingOf(config),
    failed: outside([...unread, ...said.flatMap(({failed = []}) => failed)]).sort(
      (a, b) => gravity.indexOf(a.of) - gravity.indexOf(b.of)
    ),
    attention: outside(said.flatMap(({attention = []}) => attention)),
    notes: outside(said.flatMap(({notes = []}) => notes)),
    sections: said.flatMap(({heading = "", texts = []}) => (texts.length === 0 ? [] : [{heading, texts}])),
    facts: Object.fromEntries(said.flatMap(({name, facts}) => (facts === undefined ? [] : [[name, facts]])))
  };
}

async function published(
  config: Parameters<typeof readStanding>[1],
  now: Date,
  {environment}: Effects
): Promise<Standing> {
  await mustBePublished(config.dataFolder);
  return withPublished(config.dataFolder, connection =>
    readStanding(connection, config, {now: () => now, environment})
  );
}
