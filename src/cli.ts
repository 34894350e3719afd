#!/usr/bin/env -S npx tsx
import {readdir} from "node:fs/promises";
import {CommanderError, Option, Command as Parser} from "commander";
import {type Command, commandGroups} from "./commands/kit/command.ts";
import {type Effects, inert, realEffects} from "./effects.ts";
import {CliError, messageOf} from "./errors.ts";

/** Runs one command line. Returns the exit code: 0 done, 1 failed, 2 used wrongly. */
export async function main(argv: readonly string[], effects: Effects): Promise<0 | 1 | 2> {
  try {
    let code: 0 | 1 = 0;
    const parser = parserOf(await readCommands(argv[0]), effects, result => {
      code = result;
    });
    await parser.parseAsync([...argv], {from: "user"});
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    effects.progress("");
    tell([messageOf(error)]);
    return error instanceof CliError ? error.exitCode : 1;
  }
}

/** Says something on standard error. */
function tell(texts: readonly string[]): void {
  for (const text of texts) process.stderr.write(`canopy: ${text.split("\n").map(inert).join("\n")}\n`);
}

/** The command of this name alone, or all of them where none has it: for the help, and to name the nearest. */
async function readCommands(name: string | undefined): Promise<Command[]> {
  const folder = new URL("./commands/", import.meta.url);
  const files = (await readdir(folder)).filter(file => file.endsWith(".ts")).sort();
  const called = files.filter(file => file === `${name}.ts`);
  const modules = (called.length > 0 ? called : files).map(file => import(new URL(file, folder).href));
  return ((await Promise.all(modules)) as {command: Command}[]).map(({command}) => command);
}

function parserOf(commands: readonly Command[], effects: Effects, end: (code: 0 | 1) => void): Parser {
  const parser = new Parser("canopy")
    .description("Climate Action Now: open pathway. From a council's energy files to its figures.")
    .exitOverride()
    .showHelpAfterError("(canopy --help lists the commands)")
    .configureOutput({writeOut: text => effects.print(text.trimEnd())});
  for (const group of commandGroups)
    for (const command of commands.filter(each => each.group === group)) add(command, parser, effects, end);
  return parser;
}

function add(command: Command, above: Parser, effects: Effects, end: (code: 0 | 1) => void): void {
  const parser = above.command(command.name).description(command.summary);
  if (command.group !== undefined) parser.helpGroup(`${command.group}:`);
  for (const {name, description} of command.arguments ?? []) parser.argument(name, description);
  for (const {flags, description, default: usual, choices, isRequired = false} of command.options ?? []) {
    const option = new Option(flags, description).makeOptionMandatory(isRequired);
    if (usual !== undefined) option.default(usual);
    parser.addOption(choices === undefined ? option : option.choices(choices));
  }
  if (command.isWithoutData !== true && command.group !== undefined)
    parser.option("--data <dir>", "the data folder", "data");
  parser.action(async () => {
    const options = parser.optsWithGlobals();
    const data = String(options.data);
    const config = async () => (await import("./council/config.ts")).readConfig(data, effects.now());
    const {lines, notes = [], code = 0} = await command.run({words: parser.args, options, data, config, effects});
    if (lines.length > 0) effects.print(lines.join("\n"));
    tell(notes);
    end(code);
  });
  for (const below of command.below ?? []) add(below, parser, effects, end);
  for (const below of parser.commands) below.configureHelp({showGlobalOptions: true});
}

if (process.argv[1] !== undefined && import.meta.url.endsWith("/cli.ts") && /cli\.ts$|canopy$/.test(process.argv[1])) {
  const effects = realEffects();
  process.umask(0o077);
  process.exitCode = await main(process.argv.slice(2), effects);
}
