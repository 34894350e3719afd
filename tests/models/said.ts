import {headlineLines} from "../../src/commands/status/headline.ts";
import {onTrackLines} from "../../src/commands/status/on-track.ts";
import {readFigures} from "../../src/figures/index.ts";
import type {FigureOptions} from "../../src/figures/kit/figure.ts";
import {readFigureRows} from "../../src/publish/figure-rows.ts";
import {readHeadline} from "../../src/publish/headline.ts";
import {readHead} from "../../src/publish/site-words.ts";
import {readStandpoints} from "../../src/publish/standpoints.ts";
import {type Connection, openDatabase} from "../../src/warehouse/connection.ts";
import {warehousePaths} from "../../src/warehouse/warehouse.ts";
import type {Canopy} from "../support/canopy.ts";

/** Everything that is said of a council's years: the status, the head of the page and the titles of figures. */
export interface Said {
  readonly status: string;
  readonly page: string;
  /** By the id of the figure. */
  readonly titles: Readonly<Record<string, string>>;
}

const marts = [
  "reporting_years",
  "comparisons",
  "missing_by_source",
  "source_completeness",
  "emissions_by_source",
  "monthly_emissions",
  "annual_emissions",
  "borough_emissions",
  "trajectories",
  "carbon_budgets",
  "fleet_activity"
];
const figureIds = new Set(["trajectory", "emissions-by-source", "emissions-by-scope", "fleet-fuel"]);
const options: FigureOptions = {theme: "light", width: 960, place: "Test Council", isIllustrative: false};

/** Builds what is needed to say it, and says it. */
export async function saidOf(canopy: Canopy): Promise<Said> {
  await canopy.ask(`select 1 as one -- ${marts.map(name => `marts.${name}`).join(" ")}`);
  const database = await openDatabase(warehousePaths(canopy.folder).published, {folders: [], isReadOnly: true});
  const connection = await database.connect();
  try {
    const status = [
      ...headlineLines(await readHeadline(connection, null)),
      ...onTrackLines(await readStandpoints(connection))
    ];
    const {council} = await readHead(connection, null);
    return {
      status: status.map(line => line.trim()).join("\n"),
      page: council === null ? "" : `${council.amount} ${council.unit} ${council.words}`,
      titles: await titlesOf(connection)
    };
  } finally {
    connection.close();
    database.close();
  }
}

async function titlesOf(connection: Connection): Promise<Record<string, string>> {
  const figures = (await readFigures()).filter(({definition}) => figureIds.has(definition.id));
  const titles: Record<string, string> = {};
  for (const figure of figures) {
    const {rows, more} = await readFigureRows(connection, figure, null);
    const own =
      figure.definition.each === undefined
        ? rows
        : rows.filter(row => "boundary" in row && row.boundary === "own operations");
    titles[figure.definition.id] = figure.definition.draw(own, options, more).title;
  }
  return titles;
}
