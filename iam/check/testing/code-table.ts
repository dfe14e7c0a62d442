/** The table of `docs/checker.md`: every finding, its severity, and whether its example is repaired. */
import { adviceCases } from '../cases/advice.ts';
import { conditionCases } from '../cases/conditions.ts';
import { elementCases } from '../cases/elements.ts';
import { grammarCases } from '../cases/grammar.ts';
import { ownerCases } from '../cases/owners.ts';
import { CHECK_CODES, type CodeRow } from '../codes.ts';
import { PARSE_CODES } from '../parse-codes.ts';

/** Every example of a finding. */
export const checkCases = [...grammarCases, ...elementCases, ...ownerCases, ...conditionCases, ...adviceCases];

/** Markdown, a row for each code, its columns aligned. */
function codeTable(): string {
  const repaired = new Set(checkCases.flatMap(({ code, repaired }) => (repaired === undefined ? [] : [code])));
  const rows = Object.entries<CodeRow>({ ...PARSE_CODES, ...CHECK_CODES }).map(
    ([code, { severity, title, analyzer }]) => [
      `\`${code}\``,
      severity,
      title,
      repaired.has(code) ? 'yes' : '',
      analyzer === undefined ? '' : `\`${analyzer}\``,
    ],
  );
  const head = ['Code', 'Severity', 'Found', 'Repair', 'IAM Access Analyzer'];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

export const TABLE_START = '<!-- table of findings: npm run generate:docs -->';
export const TABLE_END = '<!-- end of table -->';

/** The document with the table as it is now. */
export function withTable(document: string): string {
  const start = document.indexOf(TABLE_START) + TABLE_START.length;
  return `${document.slice(0, start)}\n\n${codeTable()}\n\n${document.slice(document.indexOf(TABLE_END))}`;
}
