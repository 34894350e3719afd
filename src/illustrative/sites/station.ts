/** Where the weather of the estate is measured: an invented station. Degrees as its files write them. */
export const STATION = {name: "Larkmere Moor", latitude: 53.4, longitude: -2.15, heightM: 74} as const;

/** What its files call it. */
export const STATION_ID = `${STATION.latitude},${STATION.longitude}`;
