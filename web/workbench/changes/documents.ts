/** A policy as it is shown side by side: indented, where it is JSON; nothing where there is none. */
export function shownDocument(text: string | null): string {
  if (text === null) return '';
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
