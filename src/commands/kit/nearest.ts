import {closest, distance} from "fastest-levenshtein";
import {CliError} from "../../errors.ts";

/** The thing of this name, or an error that names the nearest one. */
export function named<T>(things: ReadonlyMap<string, T>, what: string, name: string): T {
  const thing = things.get(name);
  if (thing !== undefined) return thing;
  const names = [...things.keys()];
  const near = names.length > 0 ? closest(name, names) : "";
  const isNear = near !== "" && distance(name, near) <= Math.max(3, Math.ceil(name.length / 2));
  throw new CliError(
    `no ${what} is named ${name}${isNear ? `: did you mean ${near}?` : `; there are: ${listed(names)}`}`,
    {exitCode: 2}
  );
}

const mostNamed = 12;
const listed = (names: readonly string[]) =>
  names.length > mostNamed
    ? `${names.slice(0, mostNamed).join(", ")} and ${names.length - mostNamed} more`
    : names.join(", ");
