import {longDateText} from "./dates.ts";

/** Which edition something published is of. */
export interface EditionMark {
  readonly name: string;
  readonly status: "draft" | "final";
}

/** What a publication says of itself: an edition by its name, or that it is none. */
export function editionText(mark: EditionMark | null, asOf: Date): string {
  if (mark === null)
    return `Working draft, as at ${longDateText(asOf)}: no edition yet, and every number can still change`;
  return mark.status === "final"
    ? `Edition ${mark.name}, final, as at ${longDateText(asOf)}`
    : `Edition ${mark.name}, a draft, as at ${longDateText(asOf)}: not final, and numbers can still change`;
}
