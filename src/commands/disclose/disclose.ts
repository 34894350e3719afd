import {mkdir, readdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import type {Config} from "../../council/config.ts";
import {readRegisters} from "../../council/registers.ts";
import {noneWhereAbsent} from "../../durable.ts";
import {CliError} from "../../errors.ts";
import {readFromMarts} from "../../models/read-mart.ts";
import {type HeldBack, heldBackOf, heldBackWords} from "../../publish/public/held-back.ts";
import {shownText} from "../../publish/public/meter-numbers.ts";
import {withPublicMarts} from "../../publish/public/public-marts.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {ofOneBuild} from "../../warehouse/published.ts";
import {disclosureText, type HeldEnergy} from "../../wording/disclosure.ts";
import {heldBackTexts, monthsOnlyText} from "../../wording/held-back.ts";
import {several} from "../../wording/numbers.ts";
import {siteNamed} from "../kit/named-site.ts";
import {type Asked, readTables} from "./tables.ts";

export interface DisclosureOptions {
  /** Any part of the name of the building. */
  readonly site: string;
  readonly first: Date;
  readonly last: Date;
  /** Where the answer goes; null puts it among the disclosures of the data folder. */
  readonly out: string | null;
}

/**
 * Answers a request for environmental information: writes what is held of a building in a span of days, as far as the council's list lets it out, and says
 * what was withheld and why.
 *
 * @throws CliError where no one building is meant, where a mart is not of the last build, and where an answer that says something else lies there already.
 */
export async function disclosureLines(config: Config, {site, first, last, out}: DisclosureOptions): Promise<string[]> {
  const registers = await readRegisters(config.dataFolder);
  const {site_id: siteId, name} = siteNamed(registers.sites, site);
  const all = heldBackOf(config, registers);
  const heldBack: HeldBack = {...all, monthsOnly: new Set([...all.monthsOnly].filter(each => each === siteId))};
  const withheld = [
    ...heldBackTexts({...heldBackWords(heldBack, registers.sites), buildings: 0, kinds: []}),
    ...(heldBack.monthsOnly.has(siteId) ? [monthsOnlyText] : [])
  ];
  const {council, asOf, dataFolder} = config;
  const told = await withPublicMarts(dataFolder, heldBack, (connection, meters) =>
    ofOneBuild(connection, async each => {
      const asked = {siteId, first, last};
      const tables = await readTables(each, asked, {council: council.name, asOf, licence: council.data_licence});
      const text = disclosureText({
        council: council.name,
        isIllustrative: council.illustrative !== null,
        asOf: new Date(asOf),
        building: shownText(name, meters),
        first,
        last,
        held: await readHeld(each, asked),
        tables,
        withheld
      });
      return {tables, files: [{path: "answer.txt", text}, ...tables.flatMap(({files}) => files)]};
    })
  );
  if (told.value === null)
    throw new CliError(
      "what is held is not all of the last build, so that no answer was written. To see why: canopy status"
    );
  const day = (date: Date) => date.toISOString().slice(0, 10);
  const folder =
    out ?? join(dataFolder, "disclosures", `${siteId}-${day(first)}-${day(last)}`.replace(/[^\w.-]/g, "-"));
  await putAnswer(folder, told.value.files);
  const rows = told.value.tables.reduce((sum, table) => sum + table.rows, 0);
  return [
    `${name}: ${several(told.value.tables.length, "table")} with ${several(rows, "row")} in ${folder}`,
    ...withheld.map(text => `withheld: ${text}`),
    "answer.txt says what is held, what is given, and what is withheld and why. Whoever decides on the request checks each of these",
    "against the exceptions of the Environmental Information Regulations 2004; to let more out: publish in council.json"
  ];
}

const heldSchema = z.object({
  energy: z.string(),
  meters: z.int(),
  expected_half_hours: z.int(),
  present_half_hours: z.int(),
  estimated_half_hours: z.int()
});

/** What is held of each energy in the months that the days touch. */
function readHeld(connection: Connection, {siteId, first, last}: Asked): Promise<HeldEnergy[]> {
  return readFromMarts(
    connection,
    heldSchema,
    `select
       energy, count(distinct meter_point_id)::integer as meters, sum(expected_half_hours)::integer as expected_half_hours,
       sum(present_half_hours)::integer as present_half_hours, sum(estimated_half_hours)::integer as estimated_half_hours
     from marts.data_coverage
     where site_id = $1 and month between date_trunc('month', $2::date) and $3::date and expected_half_hours > 0
     group by energy order by energy`,
    [siteId, first.toISOString().slice(0, 10), last.toISOString().slice(0, 10)]
  );
}

interface AnswerFile {
  readonly path: string;
  readonly text: string;
}

/** Writes an answer where there is none, or the very same. */
async function putAnswer(folder: string, files: readonly AnswerFile[]): Promise<void> {
  const there = await readdir(folder).catch(noneWhereAbsent);
  const isSame =
    there.length === files.length &&
    (
      await Promise.all(
        files.map(async ({path, text}) => (await readFile(join(folder, path), "utf8").catch(() => null)) === text)
      )
    ).every(Boolean);
  if (isSame) return;
  if (there.length > 0)
    throw new CliError(
      `${folder} holds something else, such as an answer as it was before: nothing was written over it. Choose another: --out FOLDER`
    );
  await mkdir(folder, {recursive: true});
  for (const {path, text} of files) await writeFile(join(folder, path), text);
}
