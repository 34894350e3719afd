import {defineFeed, type Feed} from "./feed.ts";

const own = "the council's own data";
const suppliers = {producer: "energy and water suppliers", licence: own};

/** Half-hourly files of the estate's electricity and gas meters, as suppliers, collectors and portals send them. */
export const estateEnergy = defineFeed({
  name: "estate-energy",
  description: "half-hourly electricity and gas of the council's own buildings",
  origin: {producer: "energy suppliers and data collectors", licence: own},
  quietAfterDays: 5
});

/** Half-hourly files of the council's own generation meters. What leaves a site is metered by the estate's feed, on its export channel. */
const renewableGeneration = defineFeed({
  name: "renewable-generation",
  description: "half-hourly generation of the council's own solar panels",
  origin: {producer: "generation meters and inverter portals", licence: own},
  quietAfterDays: 14
});

/** What vehicles and plant drew by fuel card, as the card providers send it. Registrations are personal data: only a pseudonym of each is landed. */
const fleetFuel = defineFeed({
  name: "fleet-fuel",
  description: "fuel drawn by the council's vehicles and plant",
  origin: {producer: "fuel card providers", licence: own},
  quietAfterDays: 45
});

/** Bills of supplies, the only record of those without interval data. */
const utilityBills = defineFeed({
  name: "utility-bills",
  description: "bills of electricity, gas and water",
  origin: suppliers,
  quietAfterDays: 45
});

const registerReads = defineFeed({
  name: "register-reads",
  description: "what registers of meters stood at",
  origin: {producer: "data collectors and portals", licence: own},
  quietAfterDays: 45
});

const evCharging = defineFeed({
  name: "ev-charging",
  description: "electricity that vehicles took at charge points",
  origin: {producer: "charge point operators", licence: own},
  quietAfterDays: 14
});

const journeys = defineFeed({
  name: "journeys",
  description: "how far the council's vehicles and its employees' own went",
  origin: {producer: "telematics and expenses systems", licence: own},
  quietAfterDays: 45
});

const vehicles = defineFeed({
  name: "vehicles",
  description: "what the licensing authority says of the council's vehicles",
  origin: {producer: "Driver and Vehicle Licensing Agency", licence: "by agreement"},
  quietAfterDays: 400
});

const weather = defineFeed({
  name: "weather",
  description: "temperature and degree days",
  origin: {producer: "Met Office and others", licence: "as each says"},
  quietAfterDays: 14
});

const grid = defineFeed({
  name: "grid",
  description: "carbon intensity and generation of the electricity grid, and what panels of the area made",
  origin: {producer: "NESO, Elexon, Sheffield Solar", licence: "CC BY 4.0"},
  quietAfterDays: 14
});

const gasQuality = defineFeed({
  name: "gas-quality",
  description: "daily calorific value of gas distribution zones",
  origin: {producer: "National Gas", licence: "as published"},
  quietAfterDays: 7
});

const boroughStatistics = defineFeed({
  name: "borough-statistics",
  description: "statistics of the area: emissions, renewables, homes, vehicles, travel, nature",
  origin: {producer: "government departments and the Office for National Statistics", licence: "OGL v3"},
  quietAfterDays: 400
});

/** Every feed, by name. */
export const feeds: ReadonlyMap<string, Feed> = new Map(
  [
    estateEnergy,
    renewableGeneration,
    fleetFuel,
    utilityBills,
    registerReads,
    evCharging,
    journeys,
    vehicles,
    weather,
    grid,
    gasQuality,
    boroughStatistics
  ].map(feed => [feed.name, feed])
);
