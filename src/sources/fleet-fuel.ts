import {defineFeed} from "./feed.ts";

/** What vehicles and plant drew by fuel card, as the card providers send it. Registrations are personal data: only a pseudonym of each is landed. */
export const fleetFuel = defineFeed({
  name: "fleet-fuel",
  description: "fuel drawn by the council's vehicles and plant",
  origin: {producer: "fuel card providers", licence: "the council's own data"},
  quietAfterDays: 45
});
