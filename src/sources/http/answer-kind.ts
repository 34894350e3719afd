import {isJson} from "../text/json.ts";
import type {HttpRequest} from "./http.ts";

/**
 * What is wrong with the text of an answer that should be of a kind, or null. The content type is only believed where it says HTML, since services
 * send data under many; what the text begins with decides, and JSON must be whole.
 */
export function wrongKind(accepts: HttpRequest["accepts"], contentType: string, text: string): string | null {
  if (accepts === "anything") return null;
  const start = text.slice(0, 500).trimStart();
  if (text.trim() === "") return "an empty answer";
  if (/\b(text\/html|application\/xhtml\+xml)\b/i.test(contentType) || isPage(start)) return "a web page";
  if (accepts === "json") return wrongJson(text, start);
  if (start.includes("\u0000")) return "not text";
  if (accepts === "csv" && start.startsWith("<")) return "a page of markup";
  if (accepts === "csv" && /^[[{]/.test(start) && isJson(text)) return "JSON";
  return null;
}

const isPage = (start: string) => /^(<!--[\s\S]*?-->\s*)?(<!doctype\s+html|<html|<head|<body)\b/i.test(start);

function wrongJson(text: string, start: string): string | null {
  if (start.startsWith("<")) return "a page of markup";
  if (!/^[[{]/.test(start)) return "not a JSON object or list";
  return isJson(text) ? null : "JSON that is damaged or cut off";
}
