/** What the page was asked for, kept in its address after `#`, so that it survives a reload and can be sent on. Another page's anchors stay as they are. */
export function readState(name: string): string | null {
  const [key, value] = location.hash.slice(1).split("=");
  return key === name && value !== undefined ? decoded(value) : null;
}

/** Puts it into the address without a new entry in the history; null takes it out. */
export function keepState(name: string, value: string | null): void {
  const hash = value === null ? " " : `#${name}=${encodeURIComponent(value)}`;
  history.replaceState(null, "", hash === " " ? location.href.replace(/#.*$/, "") : hash);
}

function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
