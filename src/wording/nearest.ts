import {closest, distance} from "fastest-levenshtein";

/** The name among some that somebody most likely meant, whatever its case; null where none is near. */
export function nearestOf(name: string, names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const plain = (text: string) => text.toLowerCase();
  const near = closest(plain(name), names.map(plain));
  const isNear = distance(plain(name), near) <= Math.max(3, Math.ceil(name.length / 2));
  return isNear ? (names.find(each => plain(each) === near) ?? null) : null;
}
