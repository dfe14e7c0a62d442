import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from './parse.ts';
import type { PolicyKind } from './policy.ts';

const KINDS: readonly PolicyKind[] = ['identity', 'resource', 'trust', 'session'];

describe('parsePolicy', () => {
  it('never throws, and always answers, whatever the text', () => {
    const word = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"Statement"',
        '"Effect"',
        '"Allow"',
        '"Action"',
        '"s3:*"',
        '"Resource"',
        '"*"',
      ],
      ...[
        '"Version"',
        '"2012-10-17"',
        '"Principal"',
        '"AWS"',
        '"Condition"',
        '"Bool"',
        'true',
        'null',
        '1',
        '"Sid"',
        '\n',
      ],
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(word, { maxLength: 40 }).map((words) => words.join('')),
      fc.json(),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...KINDS), (document, kind) => {
        const parsed = parsePolicy(document, kind);
        if (parsed.kind === 'malformed')
          expect(parsed.findings.some(({ severity }) => severity === 'error')).toBe(true);
        for (const { from, to, line, column } of parsed.findings) {
          expect(from >= 0 && to >= from && to <= document.length && line >= 1 && column >= 1).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('never throws on the shapes of policies', () => {
    const leaf = fc.constantFrom('*', 's3:*', 'Allow', 'arn:aws:s3:::b', '', 1, true, null, 'x');
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        leaf,
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(
            'Statement',
            'Effect',
            'Action',
            'Resource',
            'Principal',
            'AWS',
            'Condition',
            'StringLike',
            'Sid',
            'Version',
          ),
          tie('value'),
          { maxKeys: 6 },
        ),
      ),
    }));
    fc.assert(
      fc.property(value, fc.constantFrom(...KINDS), (document, kind) => {
        expect(parsePolicy(JSON.stringify(document), kind).kind).toMatch(/^(parsed|malformed)$/);
      }),
      { numRuns: 2000 },
    );
  });

  it('says where a fault stands', () => {
    const text = [
      '{',
      '  "Version": "2012-10-17",',
      '  "Statement": [{',
      '    "Effect": "Allow",',
      '    "Action": "GetObject",',
      '    "Resource": "*"',
      '  }]',
      '}',
    ].join('\n');
    const parsed = parsePolicy(text, 'identity');
    const [finding] = parsed.findings;
    expect(finding).toMatchObject({
      code: 'action-without-vendor',
      severity: 'error',
      pointer: '/Statement/0/Action',
      line: 5,
      column: 15,
    });
    expect(text.slice(finding?.from, finding?.to)).toBe('"GetObject"');
  });

  it('finds every fault, not only the first', () => {
    const text = '{"Version":"2012-10-17","Statement":[{"Effect":"allow","Action":"s3","Resource":"x","Foo":1}]}';
    const codes = parsePolicy(text, 'identity').findings.map(({ code }) => code);
    expect(codes).toEqual(['effect-letter-case', 'action-without-vendor', 'resource-not-arn', 'unknown-element']);
  });

  it('escapes names in pointers', () => {
    const text =
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:RequestTag/a~b":{}}}}}';
    expect(parsePolicy(text, 'identity').findings[0]?.pointer).toBe(
      '/Statement/Condition/StringEquals/aws:RequestTag~1a~0b',
    );
  });

  it('suggests what was meant', () => {
    const text =
      '{"Version":"2012-10-17","Statement":[{"effect":"Allow","Effect":"Allow","Actions":"s3:*","Action":"s3:*","Resource":"*"}]}';
    const messages = parsePolicy(text, 'identity').findings.map(({ message }) => message);
    expect(messages[0]).toContain('Did you mean "Effect"?');
    expect(messages[1]).toContain('Did you mean "Action"?');
  });

  it('warns that variables need the present version', () => {
    const text = [
      '{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/$',
      '{aws:username}"}}',
    ].join('');
    const parsed = parsePolicy(text, 'identity');
    expect(parsed).toMatchObject({
      kind: 'parsed',
      findings: [{ code: 'variables-need-version', severity: 'warning' }],
    });
  });

  it('keeps the spelling of numbers', () => {
    const text =
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"NumericEquals":{"s3:max-keys":1.50}}}}';
    const parsed = parsePolicy(text, 'identity');
    expect(parsed.kind === 'parsed' && parsed.policy.statements[0]?.conditions[0]?.values).toEqual(['1.50']);
  });
});
