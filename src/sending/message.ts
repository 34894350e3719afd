/** A message to people in plain text: what its first line says, and the rest. */
export interface Message {
  /** The same for the same day and council, so that a mail program or a receiving program knows a message that came twice. */
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  /** The same for programs. */
  readonly facts: object;
}

/** By what a message leaves the house. */
export const wayNames = ["e-mail", "webhook"] as const;
export type WayName = (typeof wayNames)[number];

/** One way by which a message leaves. */
export interface Way {
  readonly name: WayName;
  /**
   * Returns once the other side has taken the message.
   *
   * @throws CanopyError whose words hold no password, address or path of a setting.
   */
  readonly send: (message: Message, stop: AbortSignal) => Promise<void>;
}
