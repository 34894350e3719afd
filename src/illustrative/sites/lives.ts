import {addDays, type IsoDate} from "../calendar.ts";
import {ESTATE_PERIOD, type Life, type MeterLife} from "../estate.ts";

/** What became of a site that was not the council's, in the same use, from before the records until now. */
interface Course extends Partial<Life> {
  /** The site that went on in its building the day after, and took over its meters. */
  readonly wentOnAs?: string;
  /** The last day that suppliers' files tell of, where they went on after its own. */
  readonly toldTo?: IsoDate;
  /** What suppliers' files go on calling it. */
  readonly formerName?: string;
}

const COURSES: Readonly<Record<string, Course>> = {
  /** Opened. */
  "library-07": {from: "2022-05-16"},
  "library-08": {from: "2023-09-04"},
  /** Closed for good. */
  "community-centre-05": {to: "2022-11-18"},
  /** Closed, and its building put to another use. */
  "library-05": {to: "2023-06-18", wentOnAs: "community-centre-06"},
  "community-centre-06": {from: "2023-06-19"},
  /** Became an academy, of which its suppliers heard five months later. */
  "primary-school-14": {to: "2024-08-31", toldTo: "2025-01-31"},
  /** Has another name by now. */
  museum: {formerName: "Sparrowhoard Museum"}
};

/** A site's first and last day, where it was not always there. */
export function lifeOf(siteId: string): Partial<Life> {
  const {from, to} = courseOf(siteId);
  return {...(from === undefined ? {} : {from}), ...(to === undefined ? {} : {to})};
}

/** Whether a site stands in the building of another, whose meters it has. */
export function tookOverMeters(siteId: string): boolean {
  return Object.values(COURSES).some(({wentOnAs}) => wentOnAs === siteId);
}

/** The lives of a meter that began at a site: there, and at the site that went on in its building. */
export function livesOf(siteId: string, accountFrom: IsoDate): MeterLife[] {
  const {from = accountFrom, to = null, wentOnAs} = courseOf(siteId);
  const here = {siteId, from, to};
  return wentOnAs === undefined || to === null ? [here] : [here, ...livesOf(wentOnAs, addDays(to, 1))];
}

/** The last day of which files tell of a meter that began at a site. */
export function toldToOf(siteId: string): IsoDate {
  const {to, wentOnAs, toldTo} = courseOf(siteId);
  return wentOnAs === undefined ? (toldTo ?? to ?? ESTATE_PERIOD.to) : toldToOf(wentOnAs);
}

/** What suppliers' files call a site whose name is `name`. */
export function nameInFiles(siteId: string, name: string): string {
  return courseOf(siteId).formerName ?? name;
}

function courseOf(siteId: string): Course {
  return COURSES[siteId] ?? {};
}
