import {defineCommand} from "./kit/command.ts";

const detect = defineCommand<{write?: string}>({
  name: "detect",
  summary: "say what a file is and why; where nothing fits, draft a layout of it",
  arguments: [{name: "<file>"}],
  options: [{flags: "--write <name>", description: "keep the draft under this name in the council's layouts"}],
  async run({words: [path = ""], options: {write}, data, effects}) {
    const [{detectLines}, {readAllLayouts}] = await Promise.all([
      import("./layouts/detect-lines.ts"),
      import("./layouts/forms.ts")
    ]);
    const layouts = await readAllLayouts(data);
    const request = {path, layouts, dataFolder: data, write: write ?? null, now: effects.now()};
    const {lines, isKnown} = await detectLines(request);
    return {lines, code: isKnown ? 0 : 1};
  }
});

const test = defineCommand<{layoutFile?: string; meterPoint?: string}>({
  name: "test",
  summary: "show how a file is read by a layout or format; nothing is landed",
  arguments: [{name: "<name-and-file...>", description: "the layout's name, then the file"}],
  options: [
    {flags: "--layout-file <path>", description: "read it by the layout in this file instead of a named one"},
    {flags: "--meter-point <id>", description: "the meter it is of, where it does not say"}
  ],
  async run({words, options, data, effects}) {
    const {testLayout} = await import("./layouts/test-layout.ts");
    return testLayout(words, {data, ...options}, effects);
  }
});

/** `canopy layouts`: the forms of file that are understood; `detect` and `test` try them on a file. */
export const command = defineCommand<{json: boolean}>({
  name: "layouts",
  summary: "list the forms of file that canopy reads, or show one in full",
  group: "Data in",
  arguments: [{name: "[name]"}],
  options: [
    {flags: "--json", description: "a layout as JSON, to be copied to council/layouts and changed", default: false}
  ],
  below: [detect, test],
  async run({words: [name], options: {json}, data}) {
    const [{readForms}, {formAsJson, formInFull, formLines}, {named}] = await Promise.all([
      import("./layouts/forms.ts"),
      import("./layouts/list.ts"),
      import("./kit/nearest.ts")
    ]);
    const forms = await readForms(data);
    if (name === undefined) return {lines: formLines([...forms.values()])};
    const form = named(forms, "layout", name);
    return {lines: json ? formAsJson(form) : formInFull(form)};
  }
});
