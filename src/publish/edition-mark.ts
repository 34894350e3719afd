/** Stands in a page of an edition where its check value will stand, which is worked out from pages with this in its place. */
export const blankCheckValue = "0".repeat(64);
