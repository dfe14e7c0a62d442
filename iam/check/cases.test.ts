import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ADVICE } from './advice.ts';
import { type CheckCase, CLEAN } from './cases/case.ts';
import { checkPolicy } from './check.ts';
import { CHECK_CODES } from './codes.ts';
import { applyRepair } from './finding.ts';
import { PARSE_CODES } from './parse-codes.ts';
import { SERVICES } from './service-names.ts';
import { wholeCatalogue } from './testing/catalogue.ts';
import { checkCases, withTable } from './testing/code-table.ts';

const catalogue = wholeCatalogue();

/** Over several lines, so that a finding's place is more than an offset. */
const write = (document: object | string) =>
  typeof document === 'string' ? document : JSON.stringify(document, undefined, 2);

function find({ code, kind, size, resourceType }: CheckCase, text: string) {
  const options = {
    kind,
    catalogue,
    services: SERVICES,
    also: ADVICE,
    ...(size === undefined ? {} : { size }),
    ...(resourceType === undefined ? {} : { resourceType }),
  };
  return checkPolicy(text, options).filter((finding) => finding.code === code);
}

/** Where the text's line and column say that the finding is. */
function offsetOf(text: string, line: number, column: number): number {
  return (
    text
      .split('\n')
      .slice(0, line - 1)
      .reduce((sum, one) => sum + one.length + 1, 0) +
    column -
    1
  );
}

describe.each(checkCases)('$code in $kind', (example) => {
  const text = write(example.bad);
  const [found] = find(example, text);

  it('is found, in its place', () => {
    expect(found).toMatchObject({ pointer: example.at });
    if (found === undefined) return;
    expect(offsetOf(text, found.line, found.column)).toBe(found.from);
    expect(found.to).toBeGreaterThan(found.from);
    expect(
      found.message.endsWith('.') ||
        found.message.endsWith('?') ||
        found.message.endsWith('"') ||
        found.message.endsWith(':'),
    ).toBe(true);
  });

  it('is not found in a clean document', () => {
    expect(find(example, write(example.repaired ?? example.clean ?? CLEAN[example.kind]))).toEqual([]);
  });

  it('is repaired as the table says', () => {
    if (found?.repair === undefined || example.repaired === undefined) {
      expect(found?.repair === undefined).toBe(example.repaired === undefined);
      return;
    }
    const repaired = applyRepair(text, found.repair);
    expect(JSON.parse(repaired)).toEqual(JSON.parse(JSON.stringify(example.repaired)));
    expect(find(example, repaired)).toEqual([]);
  });
});

describe('the table of findings', () => {
  it('has an example for every code, and no other', () => {
    const codes = [...Object.keys(CHECK_CODES), ...Object.keys(PARSE_CODES)];
    expect([...new Set(checkCases.map(({ code }) => code))].sort()).toEqual(codes.sort());
    expect(codes.length).toBeGreaterThan(100);
  });

  it('is the table of the documentation', () => {
    const document = readFileSync(new URL('../../docs/checker.md', import.meta.url), 'utf8');
    expect(withTable(document)).toBe(document);
  });

  it('finds nothing in a clean document', () => {
    for (const [kind, document] of Object.entries(CLEAN)) {
      expect(
        checkPolicy(write(document), { kind: kind as CheckCase['kind'], catalogue, services: SERVICES, also: ADVICE }),
      ).toEqual([]);
    }
  });
});
