import {CliError} from "../errors.ts";
import {defineCommand} from "./kit/command.ts";

/** `canopy verify`: holds archive, receipts, ledger and warehouse against each other. */
export const command = defineCommand<{full: boolean; sealAgain: boolean; why?: string}>({
  name: "verify",
  summary:
    "check that the archive is as it was put there and that the warehouse holds all of it; exit code 1 where not",
  group: "Kept safe",
  options: [
    {flags: "--full", description: "read every byte of every file, and not today's share of them", default: false},
    {
      flags: "--seal-again",
      description: "take what is damaged as it is from here on, once a person has looked at it",
      default: false
    },
    {flags: "--why <reason>", description: "why it is taken as it is"}
  ],
  async run({options: {full, sealAgain, why}, config, effects}) {
    if (sealAgain && (why ?? "").trim() === "")
      throw new CliError('--seal-again needs a reason: --why "…"', {exitCode: 2});
    if (!sealAgain && why !== undefined) throw new CliError("--why can only be used with --seal-again", {exitCode: 2});
    const {sealArchiveAgain, verifyArchive} = await import("./verify/verify-archive.ts");
    const settings = await config();
    return sealAgain
      ? sealArchiveAgain(settings, why ?? "", effects)
      : verifyArchive(settings, full ? "all" : {day: effects.now().toISOString().slice(0, 10)}, effects);
  }
});
