import type {DecideOptions, Verdict} from "./findings/decide.ts";
import type {ListOptions} from "./findings/list.ts";
import {type CommandOption, defineCommand} from "./kit/command.ts";

const by: CommandOption = {flags: "--by <role>", description: "who decides: a role, never a name", isRequired: true};
const why = (isRequired: boolean): CommandOption => ({flags: "--why <reason>", description: "the reason", isRequired});

const decision = (name: string, verdict: Verdict, summary: string, options: readonly CommandOption[]) =>
  defineCommand<DecideOptions>({
    name,
    summary,
    arguments: [{name: "<finding>"}],
    options: [by, ...options],
    async run({words: [finding = ""], options: given, config, effects}) {
      const {decideOnFinding} = await import("./findings/decide.ts");
      return {lines: await decideOnFinding(await config(), finding, verdict, given, effects)};
    }
  });

const exported = defineCommand<{all: boolean}>({
  name: "export",
  summary: "write the findings into a spreadsheet, to be worked through and brought back",
  arguments: [{name: "<file>", description: "such as findings.xlsx"}],
  options: [{flags: "--all", description: "those too that are snoozed, explained or said to be wrong", default: false}],
  async run({words: [file = ""], options: {all}, config}) {
    const {exportFindings} = await import("./findings/export.ts");
    return {lines: await exportFindings(await config(), file, all)};
  }
});

const apply = defineCommand<{by: string}>({
  name: "apply",
  summary: "take over what was decided in such a spreadsheet: all of it, or nothing where a cell cannot be",
  arguments: [{name: "<file>"}],
  options: [by],
  async run({words: [file = ""], options: {by: role}, config, effects}) {
    const {applyFindings} = await import("./findings/apply.ts");
    return applyFindings(await config(), file, role, effects);
  }
});

/** `canopy findings`: what somebody should look at, the most avoidable £ first. */
export const command = defineCommand<ListOptions>({
  name: "findings",
  summary: "what somebody should look at, the most avoidable £ first; or one finding with its evidence",
  group: "Every day",
  arguments: [{name: "[finding]"}],
  options: [
    {flags: "--all", description: "those too that are snoozed, explained or said to be wrong", default: false},
    {flags: "--site <name>", description: "only of sites whose name or id has this in it"},
    {flags: "--service <name>", description: "only of this service of the council"},
    {flags: "--figure <file>", description: "of one finding: draw its picture too, as .svg or .png"},
    {flags: "--half-hours <file>", description: "of one finding: write the half-hours behind it, as .csv"},
    {flags: "--format <format>", description: "how to print them", choices: ["text", "json"], default: "text"}
  ],
  below: [
    decision("acknowledge", "acknowledged", "say that somebody is at it", [why(false)]),
    decision("snooze", "snoozed", "leave it out of the list until a day", [
      {flags: "--until <day>", description: "the last day", isRequired: true},
      why(false)
    ]),
    decision("explain", "explained", "say why it is as it should be; it comes back if it begins anew", [why(true)]),
    decision("fixed", "fixed", "say that it is mended; it is watched, and comes back if it is still there", [
      why(false)
    ]),
    decision("wrong", "wrong", "say that there is nothing; the reason is kept and counted", [why(true)]),
    decision("reopen", "reopened", "take the last decision back", [why(false)]),
    exported,
    apply
  ],
  async run({words: [finding], options, config}) {
    const {findingLines, oneFinding} = await import("./findings/list.ts");
    const settings = await config();
    return {
      lines:
        finding === undefined ? await findingLines(settings, options) : await oneFinding(settings, finding, options)
    };
  }
});
