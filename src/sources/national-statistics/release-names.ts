import {CheckError} from "../../errors.ts";

/** A publisher's release by its one name here, and when it came out where the words say so. */
export interface NamedRelease {
  /** First and last year described, as `2005-2020`. */
  readonly release: string;
  /** A year, or a year and month. */
  readonly published: string | null;
}

const wording =
  /^(?<first>\d{4})(?:-|–| to )(?<last>\d{4}|\d{2})(?: (?:edition|ed\.?|release))?(?: \(pub (?<published>\d{4}(?:-(?:0[1-9]|1[0-2]))?)\))?$/;

/**
 * The release that a file's words name: `2005-2021 edition (pub 2023-07)`, `2005-21` and `2005 to 2021` are all `2005-2021`.
 * A last year of two digits is of the century of the first. Words that name no span of years are a CheckError.
 */
export function releaseOf(words: string): NamedRelease {
  const {first, last, published} = wording.exec(words.trim())?.groups ?? {};
  if (first === undefined || last === undefined) throw new CheckError(`not the name of a release: ${words}`);
  const lastYear = last.length === 2 ? first.slice(0, 2) + last : last;
  if (lastYear <= first) throw new CheckError(`a release that ends before it begins: ${words}`);
  return {release: `${first}-${lastYear}`, published: published ?? null};
}

/** Whether a release describes a year. */
export function describesYear(release: string, year: number): boolean {
  const [first, last] = release.split("-").map(Number);
  return first !== undefined && last !== undefined && first <= year && year <= last;
}
