import {readFile} from "node:fs/promises";
import {serve} from "../../../archive/reader/serve.ts";
import {checkIntact} from "./intact.ts";
import {pagesOfPdf} from "./pages.ts";
import {textOfPages} from "./text.ts";

/** The process in which a PDF is opened: what goes wrong with one takes nothing else with it. Its one part is what it says, as JSON. */
serve({
  partsOf: async () => null,
  readPart: async path => {
    const bytes = await readFile(path);
    checkIntact(bytes);
    return Buffer.from(JSON.stringify(textOfPages(await pagesOfPdf(new Uint8Array(bytes)))));
  }
});
