import {defineCommand} from "./kit/command.ts";

/** `canopy digest`: the daily message, printed or sent now. */
export const command = defineCommand<{send: boolean; format: "text" | "json"}>({
  name: "digest",
  summary: "the daily message: what failed, what needs you, what came in, and the number",
  group: "Every day",
  options: [
    {flags: "--send", description: "send it now, by e-mail and webhook as they are set up", default: false},
    {flags: "--format <format>", description: "how to print it", choices: ["text", "json"], default: "text"}
  ],
  async run({options: {send, format}, data, effects}) {
    const {printDigest, sendDigest} = await import("./digest/digest.ts");
    return send ? sendDigest(data, effects) : printDigest(data, format, effects);
  }
});
