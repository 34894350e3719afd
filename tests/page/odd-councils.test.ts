import {describe, expect, test} from "vitest";
import type {PublishedFile} from "../../src/publish/files.ts";
import {publishSite} from "../../src/publish/site.ts";
import {type CouncilFacts, falling, martsOf} from "../summit/councils.ts";
import {shellFolder} from "../support/kept-shell.ts";
import {type MartRows, withMarts} from "../support/mart-rows.ts";

const site = (rows: MartRows): Promise<PublishedFile[]> =>
  withMarts(rows, "2026-10-31", connection =>
    publishSite(connection, {
      cacheFolder: shellFolder,
      council: "Odd Council",
      isIllustrative: true,
      onsCode: null,
      asOf: "2026-10-31",
      edition: null
    })
  );

/** What a reader of a page reads: its words without marks, and what its pictures are called. */
function wordsOf(files: readonly PublishedFile[], name: string): string {
  const bytes = files.find(({path}) => path === `site/${name}.html`)?.bytes ?? new Uint8Array();
  const html = Buffer.from(bytes).toString("utf8");
  const labels = [...html.matchAll(/aria-label="([^"]*)"/g)].map(([, label = ""]) => label);
  const words = html
    .replaceAll(/<(head|script|style|svg)\b[\s\S]*?<\/\1>/g, " ")
    .replaceAll(/<\/?(p|li|h\d|div|tr|td|th|summary|figcaption|section)\b[^>]*>/g, "\n")
    .replaceAll(/<[^>]+>/g, "");
  return [words, ...labels].join("\n").replaceAll(/[ \t\u00a0]+/g, " ");
}

const [newest] = falling.slice(-1);
const with2025 = (given: object) => falling.map((year, i) => (i === 7 ? {...year, ...given} : year));

/** What is odd about a council, what its first page must say then, and what it must not. */
const odd: Record<string, {facts: CouncilFacts; says: string[]; never: RegExp}> = {
  "no year at all": {
    facts: {years: []},
    says: ["cannot be said yet: no path can be drawn yet", "There is no number yet.", "No complete years yet"],
    never: /fallen|risen|% (less|more)|on track to net zero by 2030:|emitted so far/i
  },
  "one year": {
    facts: {years: newest === undefined ? [] : [newest]},
    says: ["cannot be said yet: no path can be drawn yet", "300 t", "Emissions were 300 t in 2025/26"],
    never: /fallen|risen|% (less|more)|emitted so far/i
  },
  "no target": {
    facts: {years: falling, hasTarget: false},
    says: [
      "Whether we are on track cannot be said: no target for our own operations is on file.",
      "70% less than the 1,000 t of 2018/19"
    ],
    never: /we are not on track|we were on track|the path allows \d/i
  },
  "a base year that is not held": {
    // 700 t in 2021/22, 300 t in 2025/26: 57.1% less.
    facts: {years: falling.slice(3)},
    says: ["cannot be said yet: no path can be drawn yet", "57% less than the 700 t of 2021/22"],
    never: /of 2018\/19;|than the [\d,]+ t of 2018|emitted so far/i
  },
  "a newest year that is not whole": {
    // To 2024/25: 4,900 t against 13 x 400 less: the path allows 1,000 x (7 - 0.95 x 21/12) = 5,337.5 t, 8.2% more.
    facts: {years: with2025({isWhole: false})},
    says: [
      "In 2024/25 we were on track to net zero by 2030: our own operations emitted 400 t CO₂e, 125 t below the straight-line path; 2025/26 is not complete and cannot be set against it yet.",
      "2025/26 is not complete (at least 300 t)",
      "Since 2018/19, to the end of 2024/25, we have emitted 8.2% less than the path allows.",
      "At least so far (t)"
    ],
    never: /2025\/26, scopes 1 and 2, \d|fallen 70%/
  },
  "a rise of one source in a fall of all": {
    // Gas 320 instead of 200 t, electricity none: 320 t in all is 68% less than 1,000 t, and gas is 63 t more than the 257 t before.
    facts: {years: with2025({gas: 320, electricity: 0})},
    says: ["68% less than the 1,000 t of 2018/19"],
    never: /gas (has )?fallen/i
  }
};

describe("the pages of an odd council say what is true of it, in whole sentences", () => {
  for (const [what, {facts, says, never}] of Object.entries(odd))
    test(what, async () => {
      const files = await site(martsOf(facts));
      const start = wordsOf(files, "index");
      for (const words of says) expect(start).toContain(words);
      expect(start).not.toMatch(never);
      for (const {path} of files.filter(({path}) => path.endsWith(".html")))
        expect(wordsOf(files, path.slice("site/".length, -".html".length)), path).not.toMatch(
          /\b(undefined|NaN|null|Infinity|Invalid Date)\b|\[object|\.\.(?!\.)|\s[,;:.] |^\s*[,;.]/m
        );
    });

  for (const count of [1, 200])
    test(`${count} building${count === 1 ? "" : "s"}`, async () => {
      const meters = Array.from({length: count}, (_, i) => ({
        meter_point_id: String(1_600_000_000_000 + i),
        site_id: `site-${i}`,
        site_name: `Building ${String(i + 1).padStart(3, "0")}`,
        energy: "electricity",
        valid_from: null,
        valid_to: null,
        first_read_date: null,
        last_read_date: null,
        quiet_days: null
      }));
      const files = await site({...martsOf({years: falling}), meter_points: meters});
      expect(files.filter(({path}) => path.startsWith("site/buildings/"))).toHaveLength(count);
      const estate = wordsOf(files, "estate");
      expect(estate).toContain(count === 1 ? "1 building\n" : "200 buildings\n");
      expect(estate).toContain(`Building ${String(count).padStart(3, "0")}`);
      expect(wordsOf(files, `buildings/site-${count - 1}`)).toContain("No meter of it has been read in the last year.");
    });
});
