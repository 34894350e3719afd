import type {Config} from "../../council/config.ts";
import type {Effects} from "../../effects.ts";

/** One option, in commander's notation: `--name <value>`, `--flag`, `--file <file...>`. */
export interface CommandOption {
  readonly flags: string;
  readonly description: string;
  readonly default?: string | boolean;
  readonly choices?: readonly string[];
  readonly isRequired?: boolean;
}

/** What a command is called with. */
export interface Call<Options> {
  /** Arguments that are not options, in order. */
  readonly words: readonly string[];
  readonly options: Options;
  /** The data folder, as given. */
  readonly data: string;
  /** The settings of the data folder, read when they are asked for. */
  readonly config: () => Promise<Config>;
  readonly effects: Effects;
}

/** What a command answers: the text for standard output and the exit code, 0 done or 1 failed. */
export interface Answer {
  readonly lines: readonly string[];
  /** What a person should know of the answer and a program that reads it should not: standard error. */
  readonly notes?: readonly string[];
  readonly code?: 0 | 1;
}

/** The headings of `canopy --help`, in this order. */
export const commandGroups = ["Every day", "Data in", "Figures out", "Many councils", "Kept safe"] as const;

/**
 * A command: what it is called, what it takes and what it does. The file is read for `canopy --help` too, so it imports nothing heavy: `run` imports
 * what it needs.
 */
export interface Command<Options = Record<string, unknown>> {
  readonly name: string;
  readonly summary: string;
  /** Its heading in the help; a command below another has none. */
  readonly group?: (typeof commandGroups)[number];
  /** In commander's notation: `<needed>`, `[optional]`, `[several...]`. */
  readonly arguments?: readonly {readonly name: string; readonly description?: string}[];
  readonly options?: readonly CommandOption[];
  /** Whether it works in a data folder (`--data`); `init` makes one instead. */
  readonly isWithoutData?: boolean;
  readonly below?: readonly Command[];
  run(call: Call<Options>): Promise<Answer>;
}

/** Declares a command; one a file, in `src/commands/`. */
export function defineCommand<Options>(command: Command<Options>): Command {
  return command as unknown as Command;
}
