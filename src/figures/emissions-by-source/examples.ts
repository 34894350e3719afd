import type {Example} from "../kit/define-figure.ts";
import {councilYears} from "../kit/examples/council-years.ts";
import type {SourceYear} from "./draw.ts";

export const examples: readonly Example<SourceYear>[] = [{name: "emissions-by-source", rows: councilYears()}];
