import {CliError} from "../errors.ts";
import {defineCommand} from "./kit/command.ts";

const read = defineCommand<{write: boolean; product: boolean}>({
  name: "read",
  summary: "show what a workbook of the government's factors (the flat file, as xlsx) says that is new",
  arguments: [{name: "<workbook>"}],
  options: [
    {flags: "--write", description: "keep what is new in council/emission-factors.csv", default: false},
    {flags: "--product", description: "of canopy's own table instead: for those who keep canopy", default: false}
  ],
  async run({words: [workbook = ""], options: {write, product}, config}) {
    const {readWorkbook} = await import("./factors/read-workbook.ts");
    return readWorkbook(workbook, product ? null : (await config()).dataFolder, write);
  }
});

/** `canopy factors`: how a new set of the government's factors comes in; `read` alone does something. */
export const command = defineCommand({
  name: "factors",
  summary: "bring a new set of the government's emission factors",
  group: "Data in",
  below: [read],
  async run() {
    throw new CliError("which? canopy factors read <workbook>", {exitCode: 2});
  }
});
