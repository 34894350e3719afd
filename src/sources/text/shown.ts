/**
 * A field as a message may quote it. Where the fields of a record have moved, one may hold a registration, a name or a card number, which no message
 * repeats: what could be one is not shown.
 */
export function shown(text: string): string {
  const letters = text.replace(/[^\p{L}]/gu, "").length;
  const mayBeRegistration = letters > 1 && /\d/.test(text) && text.length > 4;
  const mayBeName = letters > 5;
  const mayBeCard = /\d{9}/.test(text.replace(/[\s-]/g, ""));
  return mayBeRegistration || mayBeName || mayBeCard ? "not shown, it may be personal" : text;
}
