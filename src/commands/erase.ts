import {CliError} from "../errors.ts";
import {defineCommand} from "./kit/command.ts";

/** `canopy erase`: takes the bytes of files away for good, because the law says that they must go. */
export const command = defineCommand<{why: string; yes: boolean; due: boolean}>({
  name: "erase",
  summary:
    "take the bytes of a load's file away for good, as the law asks of personal data; what it says of activity stays",
  group: "Kept safe",
  arguments: [{name: "[load]", description: "its number, as canopy loads shows it"}],
  options: [
    {flags: "--why <reason>", description: "why they go, which stays in the record", isRequired: true},
    {
      flags: "--due",
      description: "every file that has been kept for as long as keep_months of council.json says of its feed",
      default: false
    },
    {flags: "--yes", description: "do it; without this, only say what would go", default: false}
  ],
  async run({words: [load], options: {why, yes, due}, config, effects}) {
    if ((load === undefined) === !due) throw new CliError("name the number of a load, or --due", {exitCode: 2});
    const [{loadNumber, reasonGiven}, {eraseLoads}] = await Promise.all([
      import("./kit/given.ts"),
      import("./erase/erase-loads.ts")
    ]);
    const chosen = load === undefined ? "due" : loadNumber(load);
    return eraseLoads(await config(), chosen, {why: reasonGiven(why), isCarriedOut: yes}, effects);
  }
});
