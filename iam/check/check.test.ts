import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADVICE } from './advice.ts';
import { servicesNamedIn } from './catalogue.ts';
import { checkPolicy } from './check.ts';
import type { CheckKind, CheckSize } from './context.ts';
import { applyRepair } from './finding.ts';
import { canBeOf, covers, nearest } from './pattern.ts';
import { SERVICES } from './service-names.ts';
import { wholeCatalogue } from './testing/catalogue.ts';

const catalogue = wholeCatalogue();
const SEED = 20260124;
const kinds = fc.constantFrom<CheckKind>('identity', 'resource', 'trust', 'scp', 'rcp');
const sizes = fc.constantFrom<CheckSize>('managed', 'inline-user', 'inline-group', 'inline-role', 'trust', 'none');
const types = fc.constantFrom('AWS::S3::Bucket', 'AWS::SQS::Queue', 'constructor', '');

function checkAnything(text: string, kind: CheckKind, size: CheckSize, resourceType: string): void {
  for (const { from, to, line, column, repair } of checkPolicy(text, {
    kind,
    size,
    resourceType,
    catalogue,
    services: SERVICES,
    also: ADVICE,
  })) {
    expect(from >= 0 && to >= from && to <= text.length && line >= 1 && column >= 1).toBe(true);
    const edits = [...(repair?.edits ?? [])].sort((a, b) => a.from - b.from);
    for (const [i, edit] of edits.entries())
      expect(edit.from >= (edits[i - 1]?.to ?? 0) && edit.to <= text.length).toBe(true);
  }
}

const words = fc.constantFrom(
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '\n',
    '"Statement"',
    '"Effect"',
    '"Allow"',
    '"Action"',
    '"s3:*"',
    '"Resource"',
    '"*"',
  ],
  ...['"Condition"', '"Bool"', '"Principal"', '"AWS"', '"2012-10-17"', '"Version"', 'true', 'null', '1', '"${"'],
);

const leaves = fc.oneof(
  fc.constantFrom(
    '*',
    's3:*',
    'Allow',
    'Deny',
    'arn:aws:s3:::b',
    'arn:aws:s3:::b/*',
    'arn:',
    'arn:aws:',
    's3://b',
    '',
    1,
    true,
    null,
  ),
  fc.constantFrom(
    'iam:PassRole',
    'sts:AssumeRole',
    'ec2:*',
    '${',
    '${}',
    '${aws:username',
    '${aws:TagKeys, x}',
    '10.0.0.0/33',
    '::/0',
  ),
  fc.constantFrom(
    '2012-10-17',
    'AROA',
    '99999999999999',
    'toString',
    '__proto__',
    ':',
    '::',
    'a:b:c',
    '*:*',
    '2026-01-01',
  ),
  fc.string(),
);
const names = fc.oneof(
  fc.constantFrom(
    'Version',
    'Id',
    'Statement',
    'Sid',
    'Effect',
    'Principal',
    'NotPrincipal',
    'Action',
    'NotAction',
    'Resource',
  ),
  fc.constantFrom(
    'NotResource',
    'Condition',
    'AWS',
    'Service',
    'Federated',
    'StringEquals',
    'Null',
    'ForAllValues:StringLike',
  ),
  fc.constantFrom(
    'IpAddress',
    'NotIpAddress',
    'Bool',
    'NumericLessThan',
    'DateLessThan',
    'aws:SourceIp',
    'aws:TagKeys',
    's3:prefix',
  ),
  fc.constantFrom('constructor', '__proto__', 'aws:MultiFactorAuthPresent', 'aws:ResourceTag/', 'aws:', ':'),
);
const { value: anything } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    leaves,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(names, tie('value'), { maxKeys: 6 }),
  ),
}));
const statements = fc.record(
  {
    Effect: leaves,
    Principal: anything,
    Action: anything,
    NotAction: anything,
    Resource: anything,
    Condition: anything,
    Sid: anything,
  },
  { requiredKeys: [] },
);
const documents = fc.record({ Version: leaves, Statement: fc.array(statements, { maxLength: 3 }) });

describe('checkPolicy', () => {
  it('never throws, whatever the text', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.array(words, { maxLength: 40 }).map((list) => list.join('')),
      fc.json(),
    );
    fc.assert(fc.property(texts, kinds, sizes, types, checkAnything), { numRuns: 2000, seed: SEED });
  });

  it('never throws, whatever is written in the place of the elements', () => {
    const check = (document: unknown, kind: CheckKind, size: CheckSize, type: string) =>
      checkAnything(JSON.stringify(document), kind, size, type);
    fc.assert(fc.property(fc.oneof(documents, anything), kinds, sizes, types, check), { numRuns: 4000, seed: SEED });
  });

  it('leaves JSON that parses wherever a repair is taken', () => {
    fc.assert(
      fc.property(documents, kinds, sizes, (document, kind, size) => {
        const text = JSON.stringify(document, undefined, 1);
        for (const { repair } of checkPolicy(text, { kind, size, catalogue, services: SERVICES, also: ADVICE })) {
          if (repair !== undefined) expect(() => JSON.parse(applyRepair(text, repair))).not.toThrow();
        }
      }),
      { numRuns: 3000, seed: SEED },
    );
  });

  it('says how AWS refuses a document with every error of its grammar, and with no other finding', () => {
    const document = { Version: '2012-10-17', Statement: [{ Effect: 'allow', Action: 's3:GetObject', Resource: '*' }] };
    const messageOf = (kind: CheckKind) =>
      checkPolicy(JSON.stringify(document), { kind }).find(({ code }) => code === 'effect-letter-case')?.awsMessage;
    expect(messageOf('identity')).toBe('The policy failed legacy parsing');
    expect(messageOf('resource')).toBe('Invalid effect: allow');
    expect(messageOf('scp')).toBe(
      'The provided policy document does not meet the requirements of the specified policy type.',
    );
  });

  const severities = (document: object, kind: CheckKind, resourceType?: string) =>
    checkPolicy(JSON.stringify(document), {
      kind,
      catalogue,
      services: SERVICES,
      also: ADVICE,
      ...(resourceType === undefined ? {} : { resourceType }),
    }).map(({ code, severity }) => `${severity} ${code}`);
  const of = (statement: object) => ({ Version: '2012-10-17', Statement: [statement] });

  it('calls an error what Access Analyzer does, though IAM saves it', () => {
    const Condition = { IpAddress: { 'aws:SourceIp': '203.0.113.0/33' } };
    const document = of({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/*', Condition });
    expect(severities(document, 'identity')).toEqual(['error invalid-ip-address']);
  });

  it('asks for no Resource in the policy of a repository, whatever its actions', () => {
    const Principal = { AWS: '111122223333' };
    const document = of({ Effect: 'Allow', Principal, Action: 'ecr:BatchGetImage' });
    expect(severities(document, 'resource', 'AWS::ECR::Repository')).toEqual([]);
    const everything = of({ Effect: 'Allow', Principal, Action: '*' });
    expect(severities(everything, 'resource', 'AWS::ECR::Repository')).toEqual([]);
    expect(severities(everything, 'resource', 'AWS::SQS::Queue')).toContain('error missing-resource');
  });

  it('asks for no Region in the ARN of a service that has none', () => {
    const document = of({ Effect: 'Allow', Action: 'iam:GetUser', Resource: 'arn:aws:iam::111122223333:person/Bea' });
    expect(severities(document, 'identity')).not.toContain('error arn-region-missing');
  });

  it('takes every action of every service in a resource control policy for the bare star', () => {
    const document = of({ Effect: 'Deny', Principal: '*', Action: '*:*', Resource: '*' });
    expect(severities(document, 'rcp')).toEqual(['error rcp-every-action']);
  });

  it('lets the policies of other resources than buckets begin with white space', () => {
    const text = `\n ${JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: 'arn:aws:sqs:eu-west-1:111122223333:jobs', Sid: 1 }] })}`;
    expect(checkPolicy(text, { kind: 'resource', resourceType: 'AWS::SQS::Queue' })).toMatchObject([
      { code: 'invalid-type', line: 2 },
    ]);
    expect(checkPolicy(text, { kind: 'resource' })).toMatchObject([{ code: 'invalid-json' }, {}].slice(0, 1));
  });
});

describe('patterns', () => {
  it('cover what surely is part of them', () => {
    expect(covers('s3:get*', 's3:getobject')).toBe(true);
    expect(covers('s3:get?bject', 's3:get*bject')).toBe(false);
    expect(covers('s3:get*', 's3:*')).toBe(false);
  });

  it('are held against the formats of ARNs', () => {
    const bucket = 'arn:${Partition}:s3:::${BucketName}';
    const object = `${bucket}/\${ObjectName}`;
    expect([canBeOf('arn:aws:s3:::b', bucket), canBeOf('arn:aws:s3:::b', object)]).toEqual([true, false]);
    expect([canBeOf('arn:aws:s3:::b/*', bucket), canBeOf('arn:aws:s3:::b/*', object)]).toEqual([false, true]);
    expect([canBeOf('arn:aws:s3:::b*', bucket), canBeOf('arn:aws:s3:::b*', object)]).toEqual([true, true]);
    expect(canBeOf('arn:aws:s3:::${aws:username}', object)).toBe(true);
    expect(canBeOf('arn:aws:sqs:*', 'arn:${Partition}:sqs:${Region}:${Account}:${QueueName}')).toBe(true);
  });

  it('tell the nearest name', () => {
    expect(nearest('getobjct', ['PutObject', 'GetObject'])).toBe('GetObject');
    expect(nearest('frobnicate', ['PutObject', 'GetObject'])).toBeUndefined();
  });
});

it('tells which services a document names', () => {
  const text =
    '{"Action": ["S3:Get*", "iam:PassRole"], "Resource": "arn:aws:sqs:*:*:q", "Condition": {"StringEquals": {"kms:ViaService": "x"}}}';
  expect(servicesNamedIn(text)).toEqual(['s3', 'iam', 'sqs', 'kms']);
});

describe('a repair of a document over several lines', () => {
  /** The document with the repair of the first finding of a code. */
  function repaired(text: string, code: string): string {
    const found = checkPolicy(text, { kind: 'identity', catalogue, services: SERVICES, also: ADVICE }).find(
      (finding) => finding.code === code,
    );
    return found?.repair === undefined ? text : applyRepair(text, found.repair);
  }

  it('gives a new element a line of its own', () => {
    const text = '{\n  "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b"}\n}';
    expect(repaired(text, 'missing-version')).toContain('{\n  "Version": "2012-10-17",\n  "Statement": {');
  });

  it('gives a new value a line of its own', () => {
    const list = '[\n      "arn:aws:s3:::reports"\n    ]';
    const text = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": ${list}}}`;
    expect(repaired(text, 'action-never-matches-resource')).toContain(
      '[\n      "arn:aws:s3:::reports",\n      "arn:aws:s3:::reports/*"\n    ]',
    );
  });
});
