/** The matrix in docs/backends.md: who answers which operation with LocalStack, and what differs, written from the tables of both. */
import { services } from '../../cloud/services/index.ts';
import { carriedNames, carriedServices, keptServices } from '../../server/sandboxes/backends/localstack/carried.ts';
import type { CarriedService } from '../../server/sandboxes/backends/localstack/carried-service.ts';
import { knownDifferences } from './known-differences.ts';

const BEGIN = '<!-- matrix: written by npm run generate:docs -->';
const END = '<!-- end of the matrix -->';

/** The document with its matrix as it is now. */
export function withMatrix(document: string): string {
  const [before, after] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (before === -1 || after === -1) throw new Error('docs/backends.md has no place for the matrix');
  return `${document.slice(0, before + BEGIN.length)}\n\n${sections()}\n${document.slice(after)}`;
}

function sections(): string {
  const carried = carriedNames.toSorted().map((name) => `### ${name}\n\n${tableOf(name, carriedServices[name])}`);
  const kept = Object.entries(keptServices)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, reason]) => [name, reason]);
  const whole = `### Services that the embedded cloud answers\n\n${table(['service', 'why'], kept)}`;
  return [...carried, `${whole}\n`].join('\n\n');
}

function tableOf(name: string, service: CarriedService): string {
  const rows = Object.keys(services[name]?.operations ?? {})
    .toSorted()
    .map((operation) => {
      const carried = service.operations[operation];
      if (carried === undefined) {
        return [operation, 'embedded', service.kept[operation] ?? service.kept['*'] ?? ''];
      }
      return [operation, `LocalStack${carried.applies === undefined ? '' : ' \\*'}`, differencesOf(name, operation)];
    });
  const note = Object.values(service.operations).some(({ applies }) => applies !== undefined)
    ? '\n\n\\* What is AWS’s own there (keys `aws/…`, parameters `/aws/…`) the embedded cloud answers.'
    : '';
  return `${table(['operation', 'answered by', 'why, or what differs'], rows)}${note}`;
}

/** A table as the formatter writes it: its columns aligned. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, n) => Math.max(...[head, ...rows].map((row) => row[n]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function differencesOf(name: string, operation: string): string {
  return knownDifferences
    .filter((one) => one.service === name && one.operations.includes(operation))
    .map(({ what, answered }) =>
      answered === 'embedded' ? `${what} Here the embedded cloud’s answer is given.` : what,
    )
    .join(' ');
}
