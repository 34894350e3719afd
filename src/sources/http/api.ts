import type {z} from "zod";
import type {HttpClient} from "./http.ts";

/** An answer as it came, for the archive: it is read later by the layout or record format that knows its text. */
export interface Fetched {
  /** Says what was asked, so that a person knows the file again: "octopus-1600000000010-20260301-20260331-p1.json". */
  readonly fileName: string;
  readonly text: string;
  /** Of which meter point the answer is, where its text does not say. */
  readonly meterPointId: string | null;
}

/** What is asked for: whole days, from the first to before the last (UTC instants at midnight), and of which meter points. */
export interface Ask {
  readonly from: Date;
  readonly to: Date;
  readonly now: Date;
}

/** A service that is asked for data, with what it needs to be asked. */
export interface Api<Settings = unknown> {
  readonly name: string;
  readonly description: string;
  /** The feed its answers belong to. */
  readonly feed: string;
  /** Settings from environment variables by name; secret ones are never logged. A service without its settings is not asked. */
  readonly settings: z.ZodType<Settings>;
  /** The variables that `settings` reads, each with what it is, for the help. */
  readonly variables: Readonly<Record<string, string>>;
  /** Days before the newest data that are asked for again, since late and corrected data come. */
  readonly lookBackDays: number;
  /** Days asked for where nothing has been fetched before. */
  readonly firstDays: number;
  /** How many calls may be made in which time; kept across restarts. */
  readonly budget: {readonly calls: number; readonly everySeconds: number};
  /**
   * Asks, and gives each whole answer that holds data. An answer that is an error in disguise is thrown as an HttpError of kind "status" or
   * "wrong type"; an answer without data is given too, for the archive.
   */
  readonly fetch: (client: HttpClient, settings: Settings, ask: Ask) => AsyncIterable<Fetched>;
}

/** Declares a service, so that its settings and their type stay together. */
export function defineApi<Settings>(api: Api<Settings>): Api<Settings> {
  return api;
}
