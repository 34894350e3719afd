import {CliError} from "../../errors.ts";
import {withPublished} from "../../warehouse/published.ts";
import {listText} from "../../wording/lists.ts";

/** Refuses to answer from a data folder in which nothing has been built yet, or not these marts: they are newer than the last build, or could not be made. */
export async function mustBePublished(
  dataFolder: string,
  needed: readonly {readonly name: string}[] = []
): Promise<void> {
  const marts = await withPublished(dataFolder, connection =>
    connection.rows<{name: string}>("select table_name as name from duckdb_tables() where schema_name = 'marts'")
  ).catch(error => {
    if (error instanceof CliError) throw error;
    throw new CliError(`nothing has been built in ${dataFolder} yet. To build: canopy run`, {cause: error});
  });
  const missing = needed.map(({name}) => name).filter(name => !marts.some(mart => mart.name === name));
  if (missing.length > 0)
    throw new CliError(
      `the last build did not make ${listText(missing)}. To build: canopy run. To see why: canopy status`
    );
}
