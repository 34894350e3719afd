import {z} from "zod";
import type {Effects} from "../effects.ts";
import {isCallable, isLoopback} from "../sources/http/url.ts";

/** What the daily message is sent by and to, from the environment: each variable with what it is, for the help. None is printed or kept. */
export const sendingVariables: Readonly<Record<string, string>> = {
  CANOPY_SMTP_URL:
    "the mail server, such as smtps://name:password@mail.example.org:465 or smtp://name:password@mail.example.org:587; always encrypted, except on this computer",
  CANOPY_DIGEST_FROM: "the address that the message comes from",
  CANOPY_DIGEST_TO: "the addresses it goes to, with commas between them",
  CANOPY_DIGEST_WEBHOOK: "an https address that is sent the message as JSON, such as a channel's incoming webhook",
  CANOPY_DIGEST_AT: "the local time from which it is sent, 07:00 where this is not set"
};

/** How e-mail is sent. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise the connection becomes TLS before anything is said, except on this computer. */
  readonly isTls: boolean;
  readonly isLoopback: boolean;
  readonly login: {readonly user: string; readonly password: string} | null;
  readonly from: string;
  readonly to: readonly string[];
}

/** How the daily message leaves; without either way it is only printed. */
export interface SendingSettings {
  readonly mail: MailSettings | null;
  readonly webhook: string | null;
  /** Local time of Great Britain, HH:MM. */
  readonly at: string;
  /** What is wrong with the settings, by variable and without values. */
  readonly problems: readonly string[];
}

export const usualTime = "07:00";

const portsOf = {"smtp:": 587, "smtps:": 465} as const;

const server = z.string().transform((text, context) => {
  const parsed = serverOf(text);
  if (parsed === null) context.addIssue({code: "custom", message: "no mail server"});
  return parsed ?? z.NEVER;
});

/** A server's address with a name and password, or with neither; nothing else may stand in it, since it could turn off what protects the password. */
function serverOf(text: string): Omit<MailSettings, "from" | "to"> | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const {protocol, hostname, port, username, password, pathname, search, hash} = url;
  if (protocol !== "smtp:" && protocol !== "smtps:") return null;
  if (hostname === "" || !["", "/"].includes(pathname) || search !== "" || hash !== "") return null;
  if ((username === "") !== (password === "")) return null;
  return {
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: port === "" ? portsOf[protocol] : Number(port),
    isTls: protocol === "smtps:",
    isLoopback: isLoopback(hostname),
    login: username === "" ? null : {user: decoded(username), password: decoded(password)}
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const mailSchema = z.object({
  CANOPY_SMTP_URL: server,
  CANOPY_DIGEST_FROM: z.email(),
  CANOPY_DIGEST_TO: z
    .string()
    .transform(text => text.split(",").map(each => each.trim()))
    .pipe(z.array(z.email()).min(1))
});
const webhookSchema = z.string().refine(isCallable);
const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Reads how the daily message leaves. A variable that is empty is not set. */
export function readSending({environment}: Pick<Effects, "environment">): SendingSettings {
  const given = Object.fromEntries(Object.keys(sendingVariables).map(name => [name, environment[name] || undefined]));
  const isMailSet = Object.keys(mailSchema.shape).some(name => given[name] !== undefined);
  const mail = isMailSet ? mailSchema.safeParse(given) : null;
  const webhook = webhookSchema.optional().safeParse(given.CANOPY_DIGEST_WEBHOOK);
  const at = timeSchema.default(usualTime).safeParse(given.CANOPY_DIGEST_AT);
  const names = [
    ...(mail?.error?.issues.map(({path}) => String(path[0])) ?? []),
    ...(webhook.success ? [] : ["CANOPY_DIGEST_WEBHOOK"]),
    ...(at.success ? [] : ["CANOPY_DIGEST_AT"])
  ];
  return {
    mail: mail?.success === true ? mailOf(mail.data) : null,
    webhook: webhook.data ?? null,
    at: at.data ?? usualTime,
    problems: [...new Set(names)].map(
      name => `${name} (${given[name] === undefined ? "not set" : "not as it should be"})`
    )
  };
}

const mailOf = ({CANOPY_SMTP_URL, CANOPY_DIGEST_FROM, CANOPY_DIGEST_TO}: z.infer<typeof mailSchema>): MailSettings => ({
  ...CANOPY_SMTP_URL,
  from: CANOPY_DIGEST_FROM,
  to: CANOPY_DIGEST_TO
});
