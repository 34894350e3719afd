import {CliError} from "../errors.ts";
import {defineCommand} from "./kit/command.ts";

const folderArgument = {name: "<dir>", description: "the folder of the programme"};

const queueOption = {
  flags: "--queue <address>",
  description: "a PostgreSQL database that hands the work to canopy worker: postgres://user@host/database"
};

const init = defineCommand<{name: string}>({
  name: "init",
  summary: "make a folder for the councils of a programme",
  arguments: [folderArgument],
  options: [{flags: "--name <name>", description: "what the programme is called", default: "Our councils"}],
  async run({words: [folder = ""], options: {name}}) {
    const {initProgramme} = await import("../programme/folder.ts");
    return {lines: await initProgramme(folder, name)};
  }
});

const add = defineCommand<{name: string; onsCode: string}>({
  name: "add",
  summary: "make a data folder for a further council; one that exists is put there as it is",
  arguments: [folderArgument, {name: "<council>", description: "its folder, such as stockport"}],
  options: [
    {flags: "--name <name>", description: "the council's name", isRequired: true},
    {flags: "--ons-code <code>", description: "its code, such as E08000007", isRequired: true}
  ],
  async run({words: [folder = "", council = ""], options: {name, onsCode}, effects}) {
    const [{addCouncil}, {initCouncil}, {emissionFactors}] = await Promise.all([
      import("../programme/folder.ts"),
      import("../council/init.ts"),
      import("../reference/factors/table.ts")
    ]);
    const make = (path: string) => initCouncil(path, name, onsCode, [emissionFactors]);
    return {lines: await addCouncil(folder, council, {name, onsCode, make}, effects.now())};
  }
});

const status = defineCommand<{queue?: string; asOf?: string; send: boolean}>({
  name: "status",
  summary: "each council's last edition, what is owed and what failed; exit code 1 where something failed",
  arguments: [folderArgument],
  options: [
    {flags: "--as-of <date>", description: "the day that is asked for; the end of the last month, if nothing is said"},
    queueOption,
    {
      flags: "--send",
      description:
        "also send it, as one message of all councils, by what canopy digest is sent by; from cron each morning",
      default: false
    }
  ],
  async run({words: [folder = ""], options, effects}) {
    const {statusLines} = await import("./councils/status-lines.ts");
    return statusLines(folder, options, effects);
  }
});

interface RunOptions {
  readonly queue?: string;
  readonly asOf?: string;
  readonly edition?: string;
  readonly pages: boolean;
}

const run = defineCommand<RunOptions>({
  name: "run",
  summary:
    "take in, build and freeze an edition of every council that has something new; one that fails stops no other",
  arguments: [folderArgument],
  options: [
    {
      flags: "--as-of <date>",
      description:
        "the last day that figures speak of; the end of the last month, if nothing is said, unless a council says its own"
    },
    {flags: "--edition <name>", description: "the name of the editions; the day, if nothing is said"},
    {flags: "--no-pages", description: "tables alone, without figures and pages: about half the time"},
    queueOption
  ],
  async run({words: [folder = ""], options, effects}) {
    const {runLines} = await import("./councils/run-lines.ts");
    return runLines(folder, options, effects);
  }
});

/** `canopy councils`: many councils, each in a folder of its own. */
export const command = defineCommand({
  name: "councils",
  summary: "many councils together: make, add, run and look at them",
  group: "Many councils",
  isWithoutData: true,
  below: [init, add, status, run],
  async run() {
    throw new CliError("say what: canopy councils init, add, status or run", {exitCode: 2});
  }
});
