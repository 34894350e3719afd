import {andMore} from "../../wording/lists.ts";
import type {Fetched} from "./api.ts";
import {HttpError} from "./http.ts";

/**
 * Asks for each of several things, such as meters, and goes on where one fails, so that one old meter does not keep the others from their data. Gives
 * every answer first, and throws at the end: the one failure, or an HttpError that names the first of several.
 *
 * A spent budget and a status in `hopeless` (a key that is refused) end it at once.
 */
export async function* askEach<Thing>(
  things: readonly Thing[],
  nameOf: (thing: Thing) => string,
  ask: (thing: Thing) => AsyncIterable<Fetched>,
  hopeless: readonly number[] = [401, 403]
): AsyncGenerator<Fetched> {
  const failures: HttpError[] = [];
  for (const thing of things) {
    try {
      yield* ask(thing);
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      const named = new HttpError(`${nameOf(thing)}: ${error.message}`, error.kind, error.status, error.body);
      if (error.kind === "budget" || hopeless.includes(error.status ?? 0)) throw named;
      failures.push(named);
    }
  }
  const [first] = failures;
  if (first === undefined) return;
  if (failures.length === 1) throw first;
  const shown = failures.slice(0, 5).map(({message}) => message);
  const more = failures.length > shown.length ? [andMore(failures.length - shown.length)] : [];
  const words = `${failures.length} of ${things.length} failed: ${[...shown, ...more].join("; ")}`;
  throw new HttpError(words, first.kind, first.status, first.body);
}
