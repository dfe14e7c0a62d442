/** Commands typed before, the oldest first, and a place among them while one leafs. */
export interface History {
  readonly entries: readonly string[];
  /** `entries.length` is the new line. */
  readonly place: number;
  /** The new line as it was when the leafing began. */
  readonly draft: string;
}

const mostKept = 500;

export function historyOf(entries: readonly string[]): History {
  const kept = entries.slice(-mostKept);
  return { entries: kept, place: kept.length, draft: '' };
}

/** With a command at the end: an empty one, and one that repeats the last, are not kept. */
export function withCommand(history: History, command: string): History {
  const text = command.trim();
  if (text === '' || text === history.entries.at(-1)) return historyOf(history.entries);
  return historyOf([...history.entries, text]);
}

/** The entry before or after; undefined at either end. */
export function leaf(
  history: History,
  direction: 'older' | 'newer',
  current: string,
): { readonly history: History; readonly text: string } | undefined {
  const place = history.place + (direction === 'older' ? -1 : 1);
  if (place < 0 || place > history.entries.length) return undefined;
  const draft = history.place === history.entries.length ? current : history.draft;
  return { history: { ...history, place, draft }, text: history.entries[place] ?? draft };
}

/** The next older entry that contains the words; undefined where there is none. */
export function find(
  history: History,
  words: string,
  current: string,
): { readonly history: History; readonly text: string } | undefined {
  const place = history.entries.findLastIndex((entry, index) => index < history.place && entry.includes(words));
  if (place === -1) return undefined;
  const draft = history.place === history.entries.length ? current : history.draft;
  return { history: { ...history, place, draft }, text: history.entries[place] ?? draft };
}

/** What a browser kept; anything else than a list of texts is no history. */
export function historyFrom(kept: unknown): History {
  return historyOf(Array.isArray(kept) ? kept.filter((entry): entry is string => typeof entry === 'string') : []);
}
