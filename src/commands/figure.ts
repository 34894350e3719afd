import type {FigureAsked} from "./figure/figure.ts";
import {defineCommand} from "./kit/command.ts";

/** `canopy figure`: one figure as a file, of any building. */
export const command = defineCommand<FigureAsked>({
  name: "figure",
  summary: "draw one figure, of any building where it is of one; or list them",
  group: "Figures out",
  arguments: [
    {name: "[figure]", description: "its name in the list"},
    {name: "[building]", description: "any part of a building's name or id; by default the most out of the ordinary"}
  ],
  options: [
    {flags: "--energy <energy>", description: "of the building", choices: ["electricity", "gas"]},
    {
      flags: "--theme <theme>",
      description: "for a light page or a dark one",
      choices: ["light", "dark"],
      default: "light"
    },
    {flags: "--width <px>", description: "375 for a phone, 960 for a page", default: "960"},
    {flags: "--height <px>", description: "of the box that it has to fit; by default as high as suits it"},
    {flags: "--slide", description: "as large as a slide, to be read from the back of a room"},
    {flags: "--no-words", description: "without title, subtitle and source, for somebody who sets them"},
    {
      flags: "--out <file>",
      description: "where to: a name that ends in .svg or .png; by default its own name in figures of the data folder"
    }
  ],
  async run({words: [figure, building], options, config}) {
    const {figureLines} = await import("./figure/figure.ts");
    return {lines: await figureLines(await config(), figure, building, options)};
  }
});
