/** The table of `docs/reach.md`: every row, where it is played, and what it needs. */
import type { Need, Row, Way } from '../row.ts';
import { REACH_ROWS } from '../rows/index.ts';

export const TABLE_START = '<!-- table of rows: npm run generate:docs -->';
const TABLE_END = '<!-- end of table -->';

/** The document with the table as it is now. */
export function withRows(document: string): string {
  const start = document.indexOf(TABLE_START) + TABLE_START.length;
  return `${document.slice(0, start)}\n\n${rowTable()}\n\n${document.slice(document.indexOf(TABLE_END))}`;
}

function rowTable(): string {
  const rows = REACH_ROWS.map((row) => [row.path, row.class, row.title, permissionsOf(row)]);
  const head = ['Row', 'Class', 'What is done', 'Permissions'];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** Each way once: those of users and of roles are the same but for the names of their actions. */
function permissionsOf({ ways }: Row): string {
  return [...new Set(ways.map(wayText))].join('; or ');
}

function wayText(way: Way): string {
  if (way.kind === 'change-and-enter') return `row ${way.by.join(' or ')} after ${CHANGES[way.change] ?? way.change}`;
  const actions = way.needs.map(({ action }: Need) => `\`${action}\``);
  const passed = way.kind === 'pass-role' ? ['`iam:PassRole`'] : [];
  const onWorkload = 'workload' in way && way.workload !== undefined ? ` (${way.workload.replaceAll('-', ' ')})` : '';
  return `${[...new Set([...passed, ...actions])].join(' + ')}${onWorkload}`;
}

/** The rows whose change the combined ones make. */
const CHANGES: Readonly<Record<string, string>> = {
  attach: 'row 9 or 10',
  'write-version': 'row 1',
  'write-inline': 'row 7 or 8',
  'remove-boundary': 'its boundary was taken away',
};
