import {CliError} from "../../errors.ts";
import {withPublished} from "../../warehouse/published.ts";

/** Refuses to answer from a data folder in which nothing has been built yet. */
export async function mustBePublished(dataFolder: string): Promise<void> {
  await withPublished(dataFolder, async () => {}).catch(error => {
    if (error instanceof CliError) throw error;
    throw new CliError(`nothing has been built in ${dataFolder} yet. To build: canopy run`, {cause: error});
  });
}
