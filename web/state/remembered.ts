/** What the browser keeps for this person: small values in localStorage. A browser that refuses keeps nothing. */
const prefix = 'leastwise:';

/** Answers undefined where nothing is kept, or what is kept cannot be read. */
export function recall(name: string): unknown {
  try {
    const text = localStorage.getItem(prefix + name);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `undefined` forgets. */
export function remember(name: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {
    // A full or forbidden storage: the page works without it, it only forgets.
  }
}
