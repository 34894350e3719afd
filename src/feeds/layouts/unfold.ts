import {isD0036, type Unfolded, unfoldD0036} from "../estate/d0036.ts";
import type {Layout} from "./layout.ts";

/** How a file whose records are of several kinds becomes rows: how it is known by its first line, and its rows. */
export interface Unfolder {
  readonly isOf: (firstLine: string) => boolean;
  /** @throws FeedError where the file does not hold together. */
  readonly unfold: (text: string) => Unfolded;
}

/** Every way of unfolding that a layout can name. */
export const unfolders: Readonly<Record<NonNullable<Layout["unfold"]>, Unfolder>> = {
  d0036: {isOf: isD0036, unfold: unfoldD0036}
};
