/** Rows of cases about saving documents. */
import type { SaveCase } from './case.ts';

/** A document of version 2012-10-17. */
export const of = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });

/** Rule, name, document, AWS's message, and the finding's code. */
export type Row = readonly [rule: number, name: string, given: object | string, expect: string, code?: string];

/** Cases of one kind of document. The source is the page of the operation, or the one that holds the rule itself. */
export function rows(kind: SaveCase['kind'], source: string, ...list: Row[]): readonly SaveCase[] {
  return list.map(([rule, name, given, expect, code]) => {
    const basis = expect === 'accepted' ? 'documented' : 'observed';
    const row = { rule, name, source: pageOf(rule) ?? source, kind, given, expect, basis } as const;
    return code === undefined ? row : { ...row, code };
  });
}

/** Cases of what AWS does accept, though its grammar has no such thing. */
export function observed(cases: readonly SaveCase[]): readonly SaveCase[] {
  return cases.map((given) => ({ ...given, basis: 'observed' }));
}

function pageOf(rule: number): string | undefined {
  if (rule >= 39 && rule <= 44) return 'AWS JSON policy elements: Principal';
  if (rule === 49 || rule === 50) return 'IAM JSON policy elements: Resource';
  return rule === 60 || rule === 71 ? 'IAM JSON policy elements: Condition operators' : undefined;
}
