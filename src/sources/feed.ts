/** Where data of one kind comes from: whose it is, under which licence, and how fresh it should be. None knows where it lands. */
export interface Feed {
  readonly name: string;
  readonly description: string;
  readonly origin: {readonly producer: string; readonly licence: string};
  /** A meter of this feed that has been silent for longer than this is reported. */
  readonly quietAfterDays: number;
}

/** Declares a feed. Files of a feed stand in the inbox folder of its name. */
export function defineFeed(feed: Feed): Feed {
  return feed;
}
