import {closest, distance} from "fastest-levenshtein";
import {CliError} from "../../errors.ts";
import {firstOf} from "../../wording/lists.ts";

/** The thing of this name, or an error that names the nearest one. */
export function named<T>(things: ReadonlyMap<string, T>, what: string, name: string): T {
  const thing = things.get(name);
  if (thing !== undefined) return thing;
  const names = [...things.keys()];
  const near = names.length > 0 ? closest(name, names) : "";
  const isNear = near !== "" && distance(name, near) <= Math.max(3, Math.ceil(name.length / 2));
  throw new CliError(
    `no ${what} is named ${name}${isNear ? `. Did you mean ${near}?` : `. There are: ${firstOf(names, mostNamed)}`}`,
    {exitCode: 2}
  );
}

const mostNamed = 12;
