import {CliError} from "../errors.ts";
import {defineCommand} from "./kit/command.ts";

/** `canopy clock`: whether the clock of this computer can be believed, and what to say where it is right. */
export const command = defineCommand<{isRight: boolean; why?: string}>({
  name: "clock",
  summary: "say whether the clock of this computer can be believed, or that it is right now",
  group: "Kept safe",
  options: [
    {
      flags: "--is-right",
      description:
        "the clock is right now: files that are said to have come later are taken to have come just now, in their order",
      default: false
    },
    {flags: "--why <reason>", description: "how you know"}
  ],
  async run({options: {isRight, why}, config, effects}) {
    if (isRight && (why ?? "").trim() === "") throw new CliError('--is-right needs a reason: --why "…"', {exitCode: 2});
    const {clockState, sayClockIsRight} = await import("./clock/clock.ts");
    return isRight ? sayClockIsRight(await config(), why ?? "", effects) : clockState(await config(), effects);
  }
});
