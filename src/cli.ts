#!/usr/bin/env -S npx tsx
import {Command, CommanderError, Option} from "commander";
import * as commands from "./commands.ts";
import {readConfig} from "./config.ts";
import {type Effects, inert, realEffects} from "./effects.ts";
import {CliError, messageOf} from "./errors.ts";
import type {QueryFormat} from "./reports/query.ts";
import * as services from "./service-commands.ts";

/** Runs one command line. Returns the exit code: 0 done, 1 failed, 2 used wrongly. */
export async function main(argv: readonly string[], effects: Effects): Promise<0 | 1 | 2> {
  try {
    let code: 0 | 1 = 0;
    await programOf(effects, result => {
      code = result;
    }).parseAsync([...argv], {from: "user"});
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    effects.progress("");
    process.stderr.write(`canopy: ${messageOf(error).split("\n").map(inert).join("\n")}\n`);
    return error instanceof CliError ? error.exitCode : 1;
  }
}

function programOf(effects: Effects, end: (code: 0 | 1) => void): Command {
  const program = new Command("canopy")
    .description("Climate Action Now: open pathway. From a council's energy files to its figures.")
    .exitOverride()
    .showHelpAfterError("(canopy --help lists the commands)")
    .configureOutput({writeOut: text => effects.print(text.trimEnd())});
  const command = (name: string, description: string) =>
    program.command(name).description(description).option("--data <dir>", "the data folder", "data");
  const configOf = ({data}: {data: string}) => readConfig(data, effects.now());

  program
    .command("init")
    .description("make a data folder for a council")
    .argument("<dir>")
    .option("--name <name>", "the council's name", "Our Council")
    .option("--ons-code <code>", "its code, such as E08000007")
    .action(async (dir: string, {name, onsCode}: {name: string; onsCode?: string}) =>
      print(effects, await commands.init(dir, name, onsCode ?? null))
    );

  command("ingest", "take in what has arrived, or files named by hand")
    .argument("[feed...]", "feeds whose inbox to read; all where none is named")
    .option("--file <file...>", "files to bring in by hand")
    .option("--layout <name>", "read them by this layout")
    .option("--meter-point <id>", "the meter they are of, where they do not say")
    .option("--replay", "read again what is in the archive and whose layout has changed, or which was refused", false)
    .action(async (feeds: string[], options: commands.IngestOptions) => {
      const {lines, isRefused} = await commands.ingestFiles(await configOf(options), feeds, options, effects);
      print(effects, lines);
      end(isRefused && (options.file ?? []).length > 0 ? 1 : 0);
    });

  command("fetch", "ask the services that are set up for what is new, and land it")
    .argument("[service...]", "services to ask; all that are set up where none is named")
    .option("--from <day>", "the first day to ask for, instead of where what is held ends")
    .option("--to <day>", "the day after the last to ask for")
    .action(async (names: string[], options: {data: string; from?: string; to?: string}) => {
      const {lines, hasFailed} = await services.fetchServices(await configOf(options), names, options, effects);
      print(effects, lines);
      end(hasFailed ? 1 : 0);
    });

  command("services", "list the services that can be asked, what each needs, and how asking them went").action(
    async options => print(effects, await services.listServices(await configOf(options), effects))
  );

  command("build", "build every model from raw to marts").action(async options =>
    print(effects, await commands.buildMarts(await configOf(options), effects))
  );
  command("check", "prove grain, checks and contracts of the published marts").action(async options =>
    print(effects, await commands.check(await configOf(options)))
  );
  command("publish", "write figures and tables").action(async options =>
    print(effects, await commands.publishAll(await configOf(options)))
  );

  command("run", "run pipelines, all where none is named")
    .argument("[pipeline...]")
    .option("--dry-run", "say what would be done, and do nothing", false)
    .action(async (names: string[], options: {data: string; dryRun: boolean}) =>
      print(effects, await commands.run(await configOf(options), names, options.dryRun, effects))
    );

  command("loads", "list what was read, or one load with its rejects")
    .argument("[load]")
    .action(async (load: string | undefined, options) =>
      print(effects, await commands.listLoads(await configOf(options), load ?? null))
    );

  command("withdraw", "take a load out of view, or all of a layout or feed; their bytes stay in the archive")
    .argument("[load]")
    .requiredOption("--why <reason>", "the reason, kept with the decision")
    .option("--layout <name>", "all that was read by this layout")
    .option("--feed <name>", "all of this feed")
    .option("--received-from <day>", "of these, what was received on or after a day")
    .option("--received-to <day>", "of these, what was received before a day")
    .option("--undo", "bring it back into view", false)
    .action(async (load: string | undefined, options: commands.WithdrawOptions & {data: string}) =>
      print(effects, await commands.withdraw(await configOf(options), load ?? null, options, effects))
    );

  command(
    "status",
    "how the data and the schedule stand; exit code 1 where something has been owed for more than a day"
  )
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .action(async (options: {data: string; format: "text" | "json"}) => {
      const {lines, isWell} = await commands.status(await configOf(options), options.format, effects);
      print(effects, lines);
      end(isWell ? 0 : 1);
    });

  command("schedule", "keep the pipelines' schedule until asked to stop: SIGTERM, SIGINT")
    .option("--once", "run what is due now, and end: for a host with a cron of its own", false)
    .action(async (options: {data: string; once: boolean}) =>
      end((await commands.schedule(await configOf(options), options, effects)) ? 0 : 1)
    );

  command("query", "answer an SQL question from the published marts, read-only")
    .argument("<sql>")
    .addOption(
      new Option("--format <format>", "how to print the answer").choices(["table", "csv", "json"]).default("table")
    )
    .action(async (sql: string, options: {data: string; format: QueryFormat}) =>
      effects.print(await commands.query(await configOf(options), sql, options.format))
    );

  const layouts = command("layouts", "list the forms of file that are understood, or show one in full")
    .argument("[name]")
    .action(async (name: string | undefined, options: {data: string}) =>
      print(effects, await commands.listLayouts(options.data, name ?? null))
    );
  layouts
    .command("detect")
    .description("say what a file is and why; where nothing fits, draft a layout of it")
    .argument("<file>")
    .option("--write <name>", "keep the draft under this name in the council's layouts")
    .action(async (file: string, _options, detect: Command) => {
      const {lines, isKnown} = await commands.detectLayout(file, detect.optsWithGlobals(), effects);
      print(effects, lines);
      end(isKnown ? 0 : 1);
    });
  layouts
    .command("test")
    .description("show how a file is read by a layout or format; nothing is landed")
    .argument("<name-and-file...>", "the layout's name, then the file")
    .option("--layout-file <path>", "read it by the layout in this file instead of a named one")
    .option("--meter-point <id>", "the meter it is of, where it does not say")
    .action(async (words: string[], _options, trial: Command) => {
      const {lines, isRefused} = await commands.testLayout(words, trial.optsWithGlobals(), effects);
      print(effects, lines);
      end(isRefused ? 1 : 0);
    });
  for (const below of layouts.commands) below.configureHelp({showGlobalOptions: true});

  return program;
}

function print(effects: Effects, lines: readonly string[]): void {
  effects.print(lines.join("\n"));
}

if (process.argv[1] !== undefined && import.meta.url.endsWith("/cli.ts") && /cli\.ts$|canopy$/.test(process.argv[1])) {
  const effects = realEffects();
  process.umask(0o077);
  process.exitCode = await main(process.argv.slice(2), effects);
}
