/** Answers in the format that was asked for. */
import { generalFault } from '../faults.ts';
import type { OutputFormat } from '../globals.ts';
import { formatJson } from '../python/json.ts';
import { isMap, type Value } from '../value.ts';
import { search } from './query.ts';
import { formatTable } from './table.ts';
import { formatText } from './text.ts';
import { formatYaml } from './yaml.ts';

/** How an answer is shown. */
export interface Presentation {
  readonly format: OutputFormat;
  /** JMESPath. */
  readonly query?: string;
  /** Columns of the window, for tables; 80 where absent. */
  readonly width?: number;
}

function queried(value: Value, query: string | undefined): Value {
  return query === undefined ? value : search(value, query);
}

function isNothing(value: Value): boolean {
  return isMap(value) && Object.keys(value).length === 0;
}

/** One whole answer. An empty one is nothing at all. */
export function formatAnswer(operation: string, answer: Value, presentation: Presentation): string {
  const { format, query, width } = presentation;
  const value = queried(answer, query);
  switch (format) {
    case 'json':
      return isNothing(value) ? '' : `${formatJson(value)}\n`;
    case 'text':
      return formatText(value);
    case 'table':
      return formatTable(operation, value, width);
    case 'yaml':
      return isNothing(value) ? '' : formatYaml(value);
    case 'yaml-stream':
      return isNothing(value) ? '' : formatYaml([value]);
    default:
      throw generalFault(`Unknown output type: ${String(format)}`);
  }
}

/** The pages of an answer as text: each is queried and printed for itself. */
export function formatParts(parts: readonly Value[], { query }: Presentation): string {
  return parts.map((part) => formatText(queried(part, query))).join('');
}
