import {expect, test} from "vitest";
import {describesYear, releaseOf} from "../../../src/sources/national-statistics/release-names.ts";

test("the words of the files are read as their publisher's releases", () => {
  const files: Record<string, [string, string | null]> = {
    "2005-2017 edition (pub 2019-06)": ["2005-2017", "2019-06"],
    "2005-2020 edition (pub 2022-06)": ["2005-2020", "2022-06"],
    "2005-2020 edition": ["2005-2020", null],
    "2005-2021 edition (pub 2023-07)": ["2005-2021", "2023-07"],
    "2005-2022 edition (pub 2024)": ["2005-2022", "2024"],
    "2005-2023 edition (pub 2025)": ["2005-2023", "2025"],
    "2005-2023 edition": ["2005-2023", null]
  };
  for (const [words, [release, published]] of Object.entries(files))
    expect(releaseOf(words)).toEqual({release, published});
});

test("other spellings of a release are the same release", () => {
  for (const words of [
    "2005-2021",
    "2005-21",
    "2005–2021",
    "2005 to 2021",
    "2005 to 21",
    "2005-21 ed.",
    " 2005-21 edition "
  ])
    expect(releaseOf(words), words).toEqual({release: "2005-2021", published: null});
  expect(releaseOf("1998-2003").release).toBe("1998-2003");
});

test("a release keeps its name when it is read again", () => {
  for (const words of ["2005-2017 edition (pub 2019-06)", "2005-24"]) {
    const {release} = releaseOf(words);
    expect(releaseOf(release).release).toBe(release);
  }
});

test("words that name no release are refused, with the words", () => {
  for (const words of [
    "",
    "edition",
    "2020",
    "same",
    "2005-",
    "-2020",
    "2005-2020-2021",
    "2005-202",
    "2005/2020",
    "2005-2020 edition (pub June 2022)",
    "2005-2020 edition (pub 2022-13)",
    "2005-2020 provisional",
    "x2005-2020"
  ])
    expect(() => releaseOf(words), words).toThrow(`not the name of a release: ${words}`);
  for (const words of ["2020-2005", "2005-2005", "2005-04"])
    expect(() => releaseOf(words), words).toThrow(`a release that ends before it begins: ${words}`);
});

test("a release describes its first year, its last and those between", () => {
  expect([2004, 2005, 2012, 2020, 2021].map(year => describesYear("2005-2020", year))).toEqual([
    false,
    true,
    true,
    true,
    false
  ]);
});
