/** Changes values in an AWS configuration file and leaves every other line as it stands. */

/** A value, or the values of a nested block. */
export type NewValues = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

const SECTION = /^\s*\[([^\]]+)\]/;
const OPTION = /^([^:=]+?)\s*[:=]\s*(.*)$/;

function written(values: ReadonlyMap<string, NewValues[string]>): readonly string[] {
  return [...values].flatMap(([key, value]) =>
    typeof value === 'string'
      ? [`${key} = ${value}`]
      : [`${key} =`, ...Object.entries(value).map(([inner, text]) => `    ${inner} = ${text}`)],
  );
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Index of the section's header line; -1 where the file has none. */
function headerLine(lines: readonly string[], section: string): number {
  const [kind = '', ...rest] = section.split(' ');
  const names = [section, ...(rest.length > 0 ? [`${kind} "${rest.join(' ')}"`] : [])];
  return lines.findIndex((line) => !/^\s*[#;]/.test(line) && names.includes(SECTION.exec(line)?.[1] ?? ''));
}

/** Sets keys of a nested block whose own line is at `at`. */
function updateBlock(lines: string[], at: number, values: Readonly<Record<string, string>>): void {
  const left = new Map(Object.entries(values));
  let end = at + 1;
  while (end < lines.length && (lines[end]?.trim() === '' || indentOf(lines[end] ?? '') > indentOf(lines[at] ?? ''))) {
    const line = lines[end] ?? '';
    if (line.trim() === '') break;
    const key = OPTION.exec(line)?.[1]?.trim() ?? '';
    const value = left.get(key);
    if (value !== undefined) lines[end] = `${' '.repeat(indentOf(line))}${key} = ${value}`;
    left.delete(key);
    end += 1;
  }
  lines.splice(end, 0, ...[...left].map(([key, value]) => `    ${key} = ${value}`));
}

/** The file's text with the values set in `[section]`, which is added at the end where it is missing. */
export function updateIni(text: string, section: string, values: NewValues): string {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  const start = headerLine(lines, section);
  if (start < 0) return `${[...lines, `[${section}]`, ...written(new Map(Object.entries(values)))].join('\n')}\n`;
  const left = new Map(Object.entries(values));
  let last = start;
  for (let i = start + 1; i < lines.length; i += 1) {
    const line = lines[i] ?? '';
    if (SECTION.test(line)) break;
    const option = OPTION.exec(line);
    if (option === null) continue;
    last = i;
    const key = option[1]?.trim() ?? '';
    const value = left.get(key);
    if (value === undefined || /^\s/.test(line)) continue;
    left.delete(key);
    if (typeof value === 'string') lines[i] = `${key} = ${value}`;
    else updateBlock(lines, i, value);
  }
  lines.splice(last + 1, 0, ...written(left));
  return `${lines.join('\n')}\n`;
}
