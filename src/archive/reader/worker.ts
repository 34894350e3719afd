import {partsOf, readPart} from "../containers/containers.ts";
import {serve} from "./serve.ts";

/** The process in which received files that are no plain text are opened: what goes wrong with one takes nothing else with it. */
serve({partsOf, readPart});
