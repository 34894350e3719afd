import type {Effects} from "../effects.ts";
import {CliError, messageOf} from "../errors.ts";
import type {Message, WayName} from "./message.ts";
import {readSending, sendingVariables} from "./settings.ts";
import {waysOf} from "./ways.ts";

/** How a message went, way by way: null where it was taken, else why not. */
export interface SentNow {
  readonly went: readonly {readonly name: WayName; readonly failure: string | null}[];
  /** The same in words, and what is wrong with the settings. */
  readonly lines: readonly string[];
  readonly isSent: boolean;
}

/**
 * Sends a message at once by every way that is set up.
 *
 * @param write makes it, once it is known that there is a way.
 * @throws CliError where nothing is set up to send it by.
 */
export async function sendNow(write: () => Promise<Message>, effects: Effects): Promise<SentNow> {
  const settings = readSending(effects);
  const ways = waysOf(settings, effects);
  const wrong = settings.problems.length === 0 ? "" : `. Wrong: ${settings.problems.join(", ")}`;
  if (ways.length === 0)
    throw new CliError(
      `nothing is set up to send it by${wrong}. The environment variables are: ${Object.keys(sendingVariables).join(", ")}`
    );
  const message = await write();
  const went = [];
  for (const {name, send} of ways)
    went.push({name, failure: await send(message, new AbortController().signal).then(() => null, messageOf)});
  return {
    went,
    lines: [
      ...went.map(({name, failure}) => (failure === null ? `sent by ${name}` : `not sent by ${name}: ${failure}`)),
      ...settings.problems.map(each => `wrong: ${each}`)
    ],
    isSent: went.every(({failure}) => failure === null)
  };
}
