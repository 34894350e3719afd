import type {Effects} from "../effects.ts";
import {mailWay} from "./mail.ts";
import type {Way} from "./message.ts";
import type {SendingSettings} from "./settings.ts";
import {webhookWay} from "./webhook.ts";

/** The ways that are set up. */
export function waysOf({mail, webhook}: SendingSettings, effects: Pick<Effects, "now" | "sleep" | "random">): Way[] {
  return [...(mail === null ? [] : [mailWay(mail)]), ...(webhook === null ? [] : [webhookWay(webhook, effects)])];
}
