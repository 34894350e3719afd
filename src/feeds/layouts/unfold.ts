import {isD0036, unfoldD0036} from "../estate/d0036.ts";
import {firstLineOf} from "../file-start.ts";
import type {Unfolder} from "../unfolded.ts";

/** Every way of unfolding that a layout can name. */
export const unfolders: Readonly<Record<string, Unfolder>> = {
  d0036: {isOf: start => isD0036(firstLineOf(start)), unfold: unfoldD0036}
};
