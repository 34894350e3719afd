import {CliError} from "../../errors.ts";
import {firstOf} from "../../wording/lists.ts";
import {nearestOf} from "../../wording/nearest.ts";

/** The thing of this name, or an error that names the nearest one. */
export function named<T>(things: ReadonlyMap<string, T>, what: string, name: string): T {
  const thing = things.get(name);
  if (thing !== undefined) return thing;
  const names = [...things.keys()];
  const near = nearestOf(name, names);
  throw new CliError(
    `no ${what} is named ${name}${near !== null ? `. Did you mean ${near}?` : `. There are: ${firstOf(names, mostNamed)}`}`,
    {exitCode: 2}
  );
}

const mostNamed = 12;
