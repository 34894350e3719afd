import type {readRegisters} from "../../council/registers.ts";
import type {FigureFolder} from "../../figures/index.ts";
import type {FigureOptions} from "../../figures/kit/figure.ts";
import type {Finding} from "../../models/marts/findings.ts";
import type {Connection} from "../../warehouse/connection.ts";
import type {Told} from "../../warehouse/published.ts";
import type {Changes} from "../../wording/changes.ts";
import type {EditionMark} from "../../wording/editions.ts";
import type {PublishedFile} from "../files.ts";
import type {Notice} from "../notices.ts";
import type {HeldBack} from "../public/held-back.ts";
import type {Html} from "./html.ts";

export type Registers = Awaited<ReturnType<typeof readRegisters>>;

/** A building that has a page. */
export interface SiteBuilding {
  readonly siteId: string;
  readonly name: string;
  /** Its page without `.html`, from the site's folder. */
  readonly page: string;
}

/** What all pages are filled from. */
export interface SiteContext {
  readonly connection: Connection;
  readonly council: string;
  readonly isIllustrative: boolean;
  readonly onsCode: string | null;
  /** The last day that figures speak of. */
  readonly asOf: Date;
  /** Which edition it is of; null where it is of none. */
  readonly edition: EditionMark | null;
  /** What changed since the edition before; null where nothing is compared. */
  readonly since: Changes | null;
  /** Who answers for the site's accessibility, as council.json says it. */
  readonly accessibilityContact: string | null;
  /** The address of the licence of the open tables, as council.json says it. */
  readonly dataLicence: string | null;
  /** The open tables by name, as they are published. */
  readonly tables: ReadonlyMap<string, {readonly csv?: Uint8Array; readonly arrow?: Uint8Array}>;
  readonly tableNotices: readonly Notice[];
  readonly options: Omit<FigureOptions, "width" | "theme">;
  readonly figures: readonly FigureFolder[];
  readonly registers: Registers | null;
  /** What these pages do not hold. */
  readonly heldBack: HeldBack;
  readonly buildings: readonly SiteBuilding[];
  readonly findings: Told<readonly Finding[]>;
  /** Files beside the pages that were made while they were filled, by path. */
  readonly files: Map<string, PublishedFile>;
}

/** One page while it is filled. */
export interface Page {
  readonly site: SiteContext;
  /** Its address without `.html`, from the site's folder. */
  readonly name: string;
  readonly building: SiteBuilding | null;
  /** What on it is withheld, or of an earlier build. */
  readonly notices: Notice[];
}

/** Fills a place that a notebook or the template names in double braces, with what stands after the name. */
export type Place = (page: Page, argument: string, isOptional: boolean) => Html | Promise<Html>;
export type Places = Readonly<Record<string, Place>>;

/** A link of one page to another, from the folder of the site; what is filled makes it fit the folder of its page. */
export const addressOf = (page: string) => `./${page}.html`;
