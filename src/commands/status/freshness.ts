import {z} from "zod";
import {readFromMarts} from "../../models/read-mart.ts";
import {feeds} from "../../sources/feeds.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {dateText} from "../../wording/dates.ts";
import {label, more} from "../../wording/report.ts";

const freshnessSchema = z.object({
  feed: z.string(),
  /** When its last file arrived that is in view; null where none is. */
  last_received_at: z.date().nullable(),
  /** The last day that any of its files speaks of. */
  last_date: z.date().nullable()
});

/** How fresh what a feed has sent is. */
export type Freshness = Readonly<z.infer<typeof freshnessSchema>>;

/** Reads the freshness of every feed from the published marts. */
export async function readFreshness(connection: Connection): Promise<Freshness[]> {
  const found = await readFromMarts(
    connection,
    freshnessSchema,
    `select feed, max(received_at) as last_received_at, max(last_date) as last_date
     from marts.loads where outcome = 'landed' and superseded_by is null and withdrawn_because is null group by feed`
  );
  const byFeed = new Map(found.map(row => [row.feed, row]));
  return [...feeds.keys()].map(feed => byFeed.get(feed) ?? {feed, last_received_at: null, last_date: null});
}

/** Freshness in words: a line for each feed that has sent something, and one for those that have not. */
export function freshnessLines(all: readonly Freshness[]): string[] {
  const silent = all.filter(({last_received_at}) => last_received_at === null).map(({feed}) => feed);
  const lines = [
    ...all.filter(({last_received_at}) => last_received_at !== null).map(textOf),
    ...(silent.length > 0 ? [`no files yet for ${silent.join(", ")}`] : [])
  ];
  return lines.map((line, index) => (index === 0 ? label("Received", line) : more(line)));
}

function textOf({feed, last_received_at, last_date}: Freshness): string {
  const reach = last_date === null ? "" : ` to ${dateText(last_date)}`;
  return `${feed}${reach}, last file ${dateText(last_received_at)}`;
}
