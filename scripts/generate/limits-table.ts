/** The tables of docs/limits.md: every limit with its value and its reason, as the files of limits have them. */
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { limits } from '../../cloud/limits.ts';
import { codeLimits, shellLimits } from '../../server/code/limits.ts';
import { gatewayLimits } from '../../server/gateway/limits.ts';
import { reserveLimits } from '../../server/reserve/limits.ts';

interface Limits {
  readonly [name: string]: number | Limits;
}

interface Row {
  readonly name: string;
  readonly value: number;
  readonly reason: string;
}

interface Chapter {
  readonly title: string;
  readonly file: string;
  /** The constant in the file. */
  readonly constant: string;
  readonly limits: Limits;
}

const FIRST = '<!-- limits: written by npm run generate:docs -->';
const LAST = '<!-- end of the limits -->';

function chapters(): readonly Chapter[] {
  const { sandbox, ...services } = limits;
  const ofService = ([name, values]: [string, Limits]): Chapter => {
    const file = `cloud/services/${name}/limits.ts`;
    const [, constant = ''] = /export const (\w+Limits)\b/.exec(read(file)) ?? [];
    return { title: name, file, constant, limits: values };
  };
  const gateway = { title: 'Requests', file: 'server/gateway/limits.ts', constant: 'gatewayLimits' };
  const code = { file: 'server/code/limits.ts' };
  return [
    { title: 'A sandbox', file: 'cloud/limits.ts', constant: 'sandboxLimits', limits: sandbox },
    { ...gateway, limits: gatewayLimits },
    { ...code, title: 'Functions', constant: 'codeLimits', limits: codeLimits },
    { ...code, title: 'Pretend hosts', constant: 'shellLimits', limits: shellLimits },
    { title: 'The reserve', file: 'server/reserve/limits.ts', constant: 'reserveLimits', limits: reserveLimits },
    ...Object.entries<Limits>(services).map(ofService),
  ];
}

/** The document with its tables as they are now. */
export function withLimits(document: string): string {
  const [before, after] = [document.indexOf(FIRST), document.indexOf(LAST)];
  if (before === -1 || after === -1) throw new Error('docs/limits.md has no place for the limits');
  const tables = chapters().map(
    (chapter) => `## ${chapter.title}\n\n\`${chapter.file}\`\n\n${tableOf(rowsOf(chapter))}\n`,
  );
  return `${document.slice(0, before)}${FIRST}\n\n${tables.join('\n')}\n${document.slice(after)}`;
}

/** In columns, as the formatter has them. */
function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(({ name, value, reason }) => [`\`${name}\``, value.toLocaleString('en'), reason] as const);
  const all = [['limit', 'value', 'reason'] as const, ...cells];
  const widthOf = (column: 0 | 1 | 2) => Math.max(...all.map((row) => row[column].length));
  const [names, values, reasons] = [widthOf(0), widthOf(1), widthOf(2)];
  const [head = '', ...lines] = all.map(
    ([name, value, reason]) => `| ${name.padEnd(names)} | ${value.padStart(values)} | ${reason.padEnd(reasons)} |`,
  );
  const rule = `| ${'-'.repeat(names)} | ${'-'.repeat(values - 1)}: | ${'-'.repeat(reasons)} |`;
  return [head, rule, ...lines].join('\n');
}

function rowsOf({ file, constant, limits: values }: Chapter): readonly Row[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  const found = source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .find(({ name }) => name.getText() === constant);
  let literal = found?.initializer;
  while (literal !== undefined && (ts.isAsExpression(literal) || ts.isSatisfiesExpression(literal)))
    literal = literal.expression;
  if (literal === undefined || !ts.isObjectLiteralExpression(literal)) throw new Error(`${file} has no ${constant}`);
  return rowsIn(literal, values, source, '');
}

function rowsIn(
  literal: ts.ObjectLiteralExpression,
  values: Limits,
  source: ts.SourceFile,
  prefix: string,
): readonly Row[] {
  let reason = '';
  return literal.properties.flatMap((property) => {
    if (!ts.isPropertyAssignment(property)) throw new Error(`${source.fileName} holds more than plain limits`);
    const name = property.name.getText();
    const value = values[name];
    reason = commentBefore(property, source) ?? reason;
    if (typeof value === 'number') return [{ name: `${prefix}${name}`, value, reason }];
    if (value === undefined || !ts.isObjectLiteralExpression(property.initializer)) return [];
    return rowsIn(property.initializer, value, source, `${prefix}${name}.`);
  });
}

/** The comment of a limit, in one line; those below without one share it. */
function commentBefore(property: ts.Node, source: ts.SourceFile): string | undefined {
  const text = source.getFullText();
  const [comment] = (ts.getLeadingCommentRanges(text, property.getFullStart()) ?? []).slice(-1);
  if (comment === undefined) return undefined;
  return text
    .slice(comment.pos, comment.end)
    .replace(/^\/\*\*?|\*\/$|^\/\//g, '')
    .replace(/^\s*\*( |$)/gm, '')
    .replace(/\s+/g, ' ')
    .replaceAll('|', '\\|')
    .trim();
}

function read(file: string): string {
  return readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
}
