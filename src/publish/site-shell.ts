import {readdir} from "node:fs/promises";
import {fileURLToPath} from "node:url";
import {config, observable} from "@observablehq/notebook-kit/vite";
import {build, type InlineConfig, type Plugin, type Rolldown} from "vite";
import {pageColours} from "../figures/kit/theme.ts";
import type {PublishedFile} from "./files.ts";

const root = fileURLToPath(new URL("../../notebooks/", import.meta.url));
const template = "template.html";

/** What Notebook Kit adds to a notebook for cells that run: a page whose pictures are in it before it is published has none. */
const running =
  /<style type="text\/css">\s*@import url\("observable:[^<]*<\/style><script type="module">\s*import \{define\} from "observable:runtime";\s*<\/script>/;

const nothingRuns: Plugin = {
  name: "nothing-runs",
  transformIndexHtml: {
    order: "pre",
    handler: (html, {path}) => {
      if (!running.test(html)) throw new Error(`a cell of notebooks${path} runs script; pages are of text/html alone`);
      return html.replace(running, "");
    }
  }
};

/** The colours of pictures, in the place that a style sheet names for them. */
const coloursOfPictures: Plugin = {
  name: "colours-of-pictures",
  enforce: "pre",
  transform: (code, id) => (id.endsWith(".css") ? code.replace("--pictures: theirs;", pageColours()) : null)
};

const common: InlineConfig = {
  ...config(),
  configFile: false,
  envDir: false,
  publicDir: false,
  root,
  logLevel: "silent"
};

/** The names of the notebooks, without `.html`: each is a page. */
export async function notebookNames(): Promise<string[]> {
  const names = (await readdir(root)).filter(name => name.endsWith(".html") && name !== template);
  return names.map(name => name.replace(/\.html$/, "")).sort();
}

/**
 * Everything of the pages but the council's own words and pictures: what Notebook Kit makes of notebooks/, with relative addresses, places in double
 * braces, one style sheet and one plain script, which a page opened from a folder may load too. Nothing is fetched.
 */
export async function buildShell(): Promise<PublishedFile[]> {
  const script = await outputOf({
    ...common,
    build: {
      write: false,
      rolldownOptions: {
        input: [`${root}page/script.ts`],
        output: {format: "iife", entryFileNames: "assets/page-[hash].js"}
      }
    }
  });
  const pages = await outputOf({
    ...common,
    plugins: [coloursOfPictures, observable({template: `${root}${template}`}), nothingRuns],
    build: {
      write: false,
      assetsInlineLimit: 0,
      cssCodeSplit: false,
      modulePreload: {polyfill: false},
      rolldownOptions: {input: (await notebookNames()).map(name => `${root}${name}.html`)}
    }
  });
  const [address = ""] = script.map(({path}) => path.replace("site/", "./"));
  return [
    ...script,
    ...pages
      .filter(({path}) => !path.endsWith(".js"))
      .map(file => (file.path.endsWith(".html") ? withScript(file, address) : file))
  ];
}

/** A browser refuses a module, and whatever asks for another origin's leave, on a page that lies in a folder. */
function withScript({path, bytes}: PublishedFile, address: string): PublishedFile {
  const html = new TextDecoder()
    .decode(bytes)
    .replaceAll(" crossorigin", "")
    .replace("</head>", `  <script defer src="${address}"></script>\n  </head>`);
  return {path, bytes: new TextEncoder().encode(html)};
}

async function outputOf(options: InlineConfig): Promise<PublishedFile[]> {
  const result = (await build(options)) as Rolldown.RolldownOutput;
  return result.output.map(file => ({
    path: `site/${file.fileName}`,
    bytes: bytesOf(file.type === "chunk" ? file.code : file.source)
  }));
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}
