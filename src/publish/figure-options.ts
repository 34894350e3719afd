import type {Config} from "../council/config.ts";
import {monthText} from "../wording/dates.ts";
import type {PublishOptions} from "./figures.ts";

/** The width of a published figure, px; its PNG is twice that. */
const figureWidth = 960;

/** How a council's figures are drawn: light and of the width of a page, if nothing else is asked for. */
export function figureOptions(
  {council, asOf}: Config,
  {theme = "light", width = figureWidth, box}: Partial<Pick<PublishOptions, "theme" | "width" | "box">> = {}
): PublishOptions {
  return {
    theme,
    width,
    place: council.name,
    isIllustrative: council.illustrative !== null,
    onsCode: council.ons_code,
    asOf: monthText(new Date(asOf)),
    ...(box !== undefined && {box})
  };
}
