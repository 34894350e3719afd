import {fileURLToPath} from "node:url";
import {config, observable} from "@observablehq/notebook-kit/vite";
import {build, type Plugin, type Rolldown} from "vite";
import type {PublishedFile} from "./files.ts";

const root = fileURLToPath(new URL("../../notebooks/", import.meta.url));

const libraries = /\/stdlib\/(recommendedLibraries|sampleDatasets|xlsx|zip)\.js$/;
const elsewhere = /"https:\/\/cdn\.[^"]+"/g;

/**
 * Notebook Kit offers a cell libraries, sample data and readers of files that it would ask another host for. Without them a cell that names one fails
 * at once, rather than wherever there is no internet; libraries are imported by name instead.
 */
const nothingFromElsewhere: Plugin = {
  name: "nothing-from-elsewhere",
  transform: (code, id) => {
    if (libraries.test(id)) return "export {}";
    return /\/stdlib\//.test(id) ? code.replace(elsewhere, '"data:text/javascript,"') : null;
  }
};

/** Everything of the page but its data and the council's own words: what Notebook Kit makes of notebooks/, with relative addresses. Nothing is fetched. */
export async function buildShell(): Promise<PublishedFile[]> {
  const result = await build({
    ...config(),
    configFile: false,
    envDir: false,
    publicDir: false,
    root,
    logLevel: "silent",
    plugins: [nothingFromElsewhere, observable({template: `${root}template.html`})],
    build: {
      write: false,
      assetsInlineLimit: 0,
      modulePreload: {polyfill: false},
      rolldownOptions: {input: [`${root}index.html`], output: {codeSplitting: false}}
    }
  });
  return (result as Rolldown.RolldownOutput).output.map(file => ({
    path: `site/${file.fileName}`,
    bytes: bytesOf(file.type === "chunk" ? file.code : file.source)
  }));
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}
