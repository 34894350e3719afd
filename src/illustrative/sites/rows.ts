import {FLOWS, GAS, PORTAL, READINGS, SETTLEMENT} from "../accounts.ts";
import type {Hours, MeterPoint, SiteKind} from "../estate.ts";

/** A site in a line: what it serves is m2 of floor, or kW of street lamps; its account is that of its electricity. Its place decides the numbers of its meters. */
export type SiteRow = readonly [
  siteId: string,
  name: string,
  kind: SiteKind,
  scale: number,
  hours: Hours | null,
  account: string
];

const hours = (opensAt: string, closesAt: string, openDays: string): Hours => ({opensAt, closesAt, openDays});
const AT_THE_DESK = hours("08:00", "18:00", "Mon-Fri");
const LENDING = hours("09:00", "18:30", "Mon-Sat");
const SWIMMING = hours("06:30", "22:00", "Mon-Sun");
const ON_THE_ROAD = hours("05:30", "17:30", "Mon-Sat");
const AT_SCHOOL = hours("08:00", "16:00", "Mon-Fri");
const AT_COLLEGE = hours("07:30", "17:00", "Mon-Fri");
const ALWAYS = hours("00:00", "24:00", "Mon-Sun");
const SERVICES = hours("09:00", "16:30", "Mon-Fri");
const EXHIBITIONS = hours("10:00", "17:00", "Tue-Sun");
const GATHERING = hours("09:00", "21:30", "Mon-Sat");

/** Every name is invented. */
export const SITE_ROWS: readonly SiteRow[] = [
  ["civic-office", "Larkmere Civic Office", "office", 5200, AT_THE_DESK, PORTAL],
  ["office-02", "Quernsallow Offices", "office", 6800, AT_THE_DESK, FLOWS],
  ["office-03", "Thrushquill Offices", "office", 3100, AT_THE_DESK, FLOWS],
  ["library", "Quillbrook Library", "library", 1350, LENDING, READINGS],
  ["library-02", "Fennimarsh Library", "library", 1900, LENDING, PORTAL],
  ["library-03", "Brindlemoor Library", "library", 900, LENDING, PORTAL],
  ["library-04", "Cawthistle Library", "library", 1150, LENDING, PORTAL],
  ["library-05", "Duskwater Library", "library", 740, LENDING, PORTAL],
  ["library-06", "Elverholt Library", "library", 980, LENDING, PORTAL],
  ["library-07", "Gorsequill Library", "library", 520, LENDING, READINGS],
  ["library-08", "Fallowmint Library", "library", 460, LENDING, READINGS],
  ["leisure-centre", "Tansywell Leisure Centre", "leisure-centre", 4100, SWIMMING, SETTLEMENT],
  ["leisure-centre-02", "Hazelwynd Leisure Centre", "leisure-centre", 6200, SWIMMING, FLOWS],
  ["leisure-centre-03", "Ivoryfen Pools", "leisure-centre", 4700, SWIMMING, FLOWS],
  ["leisure-centre-04", "Merrowmint Swim and Gym", "leisure-centre", 3600, SWIMMING, SETTLEMENT],
  ["depot-01", "Junipersett Depot", "depot", 4200, ON_THE_ROAD, FLOWS],
  ["depot-02", "Kestrelhay Depot", "depot", 3100, ON_THE_ROAD, FLOWS],
  ["depot-03", "Lowmallow Depot", "depot", 1800, ON_THE_ROAD, PORTAL],
  ["primary-school-01", "Mosswether Primary School", "primary-school", 2300, AT_SCHOOL, FLOWS],
  ["primary-school-02", "Nettlequirk Primary School", "primary-school", 1900, AT_SCHOOL, FLOWS],
  ["primary-school-03", "Osierholme Primary School", "primary-school", 2650, AT_SCHOOL, FLOWS],
  ["primary-school-04", "Pipitmoor Primary School", "primary-school", 2100, AT_SCHOOL, FLOWS],
  ["primary-school-05", "Quailstead Primary School", "primary-school", 1750, AT_SCHOOL, PORTAL],
  ["primary-school-06", "Rushanger Primary School", "primary-school", 2400, AT_SCHOOL, PORTAL],
  ["primary-school-07", "Sedgewarren Primary School", "primary-school", 2200, AT_SCHOOL, PORTAL],
  ["primary-school-08", "Teaselcroft Primary School", "primary-school", 1600, AT_SCHOOL, PORTAL],
  ["primary-school-09", "Umberfold Primary School", "primary-school", 2850, AT_SCHOOL, PORTAL],
  ["primary-school-10", "Vetchlow Primary School", "primary-school", 2050, AT_SCHOOL, PORTAL],
  ["primary-school-11", "Willowmarch Primary School", "primary-school", 2500, AT_SCHOOL, PORTAL],
  ["primary-school-12", "Yarrowquirl Primary School", "primary-school", 1450, AT_SCHOOL, PORTAL],
  ["primary-school-13", "Amberlode Primary School", "primary-school", 2250, AT_SCHOOL, PORTAL],
  ["primary-school-14", "Bryonyside Primary School", "primary-school", 1850, AT_SCHOOL, PORTAL],
  ["primary-school-15", "Coltsmere Primary School", "primary-school", 2700, AT_SCHOOL, PORTAL],
  ["primary-school-16", "Dabchickley Primary School", "primary-school", 2000, AT_SCHOOL, PORTAL],
  ["secondary-school-01", "Eyebrightfield School", "secondary-school", 13200, AT_COLLEGE, FLOWS],
  ["secondary-school-02", "Fircresset School", "secondary-school", 11400, AT_COLLEGE, FLOWS],
  ["secondary-school-03", "Goldthatch School", "secondary-school", 12600, AT_COLLEGE, FLOWS],
  ["secondary-school-04", "Harebellow School", "secondary-school", 10800, AT_COLLEGE, SETTLEMENT],
  ["secondary-school-05", "Inglewhisper School", "secondary-school", 12100, AT_COLLEGE, SETTLEMENT],
  ["special-school-01", "Jayswater School", "special-school", 3400, AT_SCHOOL, FLOWS],
  ["special-school-02", "Kingcupper School", "special-school", 2900, AT_SCHOOL, PORTAL],
  ["care-home-01", "Linnetshade House", "care-home", 3200, ALWAYS, PORTAL],
  ["care-home-02", "Mallowbeck House", "care-home", 2800, ALWAYS, PORTAL],
  ["care-home-03", "Nuthatchley House", "care-home", 3600, ALWAYS, PORTAL],
  ["care-home-04", "Oxlipham House", "care-home", 2500, ALWAYS, PORTAL],
  ["care-home-05", "Ploverhush House", "care-home", 3000, ALWAYS, PORTAL],
  ["crematorium", "Rowanstill Crematorium", "crematorium", 950, SERVICES, PORTAL],
  ["museum", "Sparrowhoard Museum and Archive", "museum", 2600, EXHIBITIONS, PORTAL],
  ["town-hall", "Tormentil Town Hall", "community-centre", 5400, GATHERING, PORTAL],
  ["community-centre-01", "Undermallow Community Centre", "community-centre", 1500, GATHERING, PORTAL],
  ["community-centre-02", "Violetshaw Community Centre", "community-centre", 1200, GATHERING, PORTAL],
  ["community-centre-03", "Wagtailby Community Centre", "community-centre", 1750, GATHERING, PORTAL],
  ["community-centre-04", "Yaffleton Community Centre", "community-centre", 980, GATHERING, PORTAL],
  ["community-centre-05", "Bilberrow Community Centre", "community-centre", 860, GATHERING, PORTAL],
  ["street-lighting-north", "Northern street lighting", "street-lighting", 694, null, FLOWS],
  ["street-lighting-south", "Southern street lighting", "street-lighting", 770, null, FLOWS],
  ["street-lighting-centre", "Central street lighting", "street-lighting", 532, null, FLOWS],
  ["community-centre-06", "Duskwater Community Hub", "community-centre", 740, GATHERING, PORTAL]
];

/** Heated by other means than gas. */
export const SITES_WITHOUT_GAS: ReadonlySet<string> = new Set(["depot-01", "depot-03", "community-centre-04"]);

/** Where a second meter measures a part of a site: of what, its name, the m2 of floor that are its own, and its account. */
export const SECOND_METERS: readonly (readonly [
  siteId: string,
  energy: MeterPoint["energy"],
  name: string,
  scale: number,
  account: string
])[] = [
  ["secondary-school-05", "electricity", "Sports hall", 1700, PORTAL],
  ["town-hall", "electricity", "Assembly rooms", 1300, FLOWS],
  ["leisure-centre-04", "gas", "Pool plant room", 1500, GAS]
];
