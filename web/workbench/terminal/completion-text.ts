/** The longest start that all candidates share. */
export function commonStart(candidates: readonly string[]): string {
  const [first = '', ...rest] = candidates;
  let length = first.length;
  for (const candidate of rest) {
    while (!candidate.startsWith(first.slice(0, length))) length -= 1;
  }
  return first.slice(0, length);
}

/** Words in columns, down before across as `ls` has them; those beyond `most` are counted. `width` is in cells. */
export function columns(words: readonly string[], width: number, most: number): string {
  const shown = words.slice(0, most);
  const cell = Math.max(...shown.map((word) => word.length)) + 2;
  const perRow = Math.max(1, Math.floor((width + 1) / cell));
  const rows = Math.ceil(shown.length / perRow);
  const lines = Array.from({ length: rows }, (_, row) =>
    shown
      .filter((_word, index) => index % rows === row)
      .map((word) => word.padEnd(cell))
      .join('')
      .trimEnd(),
  );
  const more = words.length - shown.length;
  return `${[...lines, ...(more > 0 ? [`… ${more} more`] : [])].join('\n')}\n`;
}

/** The words of the last command in the text; the last word is the one being typed. */
export function wordsOf(text: string): string[] {
  const command = text.split(/[|;&]|\$\(/).at(-1) ?? '';
  return command.replace(/^\s+/, '').split(/\s+/);
}
