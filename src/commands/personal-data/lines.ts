import type {Config} from "../../council/config.ts";
import {feeds} from "../../sources/feeds.ts";
import {recordFormats} from "../../sources/formats.ts";
import {kinds} from "../../sources/kinds.ts";
import {several} from "../../wording/numbers.ts";

/** What of a feed's forms is personal: the fields of which only a pseudonym lands, each with the forms that bring it. */
function personalOf(feed: string): {field: string; description: string; forms: string[]}[] {
  const found = new Map<string, {field: string; description: string; forms: string[]}>();
  for (const {name, feed: own, kind} of recordFormats.values()) {
    if (own !== feed) continue;
    for (const [field, {lands, description}] of Object.entries(kinds[kind].columns)) {
      if (lands !== "PERSONAL") continue;
      const key = `${kind} ${field}`;
      const known = found.get(key) ?? {field, description, forms: []};
      found.set(key, {...known, forms: [...known.forms, name]});
    }
  }
  return [...found.values()];
}

/** The record of personal data by feed, made from the feeds themselves: what a form brings and what lands of it is declared there once. */
export function personalDataLines({council}: Pick<Config, "council">): string[] {
  const rows = [...feeds.values()].flatMap(({name, description}) =>
    personalOf(name).map(({field, description: what, forms}) => ({name, description, field, what, forms}))
  );
  const kept = (feed: string) => {
    const months = council.keep_months[feed];
    return months === undefined
      ? "for good: no keep_months of this feed"
      : `${several(months, "month")}, then canopy erase --due`;
  };
  const others = [...feeds.keys()].filter(feed => rows.every(({name}) => name !== feed));
  return [
    `# Personal data that canopy holds for ${council.name}`,
    "",
    "| feed | what is personal in its files | what lands in the warehouse | forms | files are kept |",
    "|---|---|---|---|---|",
    ...rows.map(
      ({name, description, field, what, forms}) =>
        `| ${name}: ${description} | ${field}: ${what} | a pseudonym, by a key that stands beside the data | ${forms.join(", ")} | ${kept(name)} |`
    ),
    "",
    `Nothing of these feeds names a person or a vehicle: ${others.join(", ")}. Half-hours of a very small building can still show when somebody is there; what is published is of days and months.`,
    "",
    "## For the data-protection assessment",
    "",
    "- **Purpose**: to add up fuel, distance and charging as greenhouse gas of the council. No decision about a person is made of it.",
    "- **Where**: files as they came in `snapshots`, readable by the council's account alone; pseudonyms in `warehouse`. The published page, tables and figures hold neither.",
    "- **Pseudonym**: HMAC-SHA256 under a random key in `.keys`, which no backup holds. Pseudonymised data is still personal data.",
    "- **Minimised**: of a form's other personal fields (names, card numbers, addresses) nothing lands; a claim's journey is named by its day and places so that it counts once.",
    "- **Retention**: `keep_months` in council.json by feed; `canopy erase --due` carries it out, `canopy erase LOAD` a single request. The file goes from archive, inbox, warehouse and, when they are next brought up to date, from backups; a record of hash, date and reason stays, and so does the activity, with nothing in it by which a person or vehicle could be found.",
    "- **Rights**: who asks for their data is found by the file that their manager or the provider sent; `canopy loads` lists files by feed and date.",
    "- **Leaves the house**: nothing of it, unless a service that the council asks is told a registration (the DVLA enquiry); see `canopy services`."
  ];
}
