/** The longest start that all candidates share. */
export function commonStart(candidates: readonly string[]): string {
  const [first = '', ...rest] = candidates;
  let length = first.length;
  for (const candidate of rest) {
    while (!candidate.startsWith(first.slice(0, length))) length -= 1;
  }
  return first.slice(0, length);
}

/** The words of the last command in the text; the last word is the one being typed. */
export function wordsOf(text: string): string[] {
  const command = text.split(/[|;&]|\$\(/).at(-1) ?? '';
  return command.replace(/^\s+/, '').split(/\s+/);
}
