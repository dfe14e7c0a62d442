import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Problem } from '../problem.ts';
import { readChallenge } from './read-challenge.ts';

const account = `Resources:
  Bea: {Type: AWS::IAM::User, Properties: {UserName: Bea}}
`;

const base = {
  id: 'catalogue',
  title: 'Catalogue',
  track: 'policies',
  type: 'fix',
  level: 1,
  minutes: 5,
  summary: 'A clerk.',
  story: 'List ${Bucket} in ${AWS::Region}, ${aws:username}.',
  objectives: ['List'],
  vary: { Bucket: 'example-{word}' },
  you: [{ profile: 'bea', principal: 'user/Bea' }],
  checks: [
    {
      id: 'lists',
      title: 'Bea lists',
      access: { who: 'user/Bea', can: 's3:ListBucket', on: 'arn:aws:s3:::${Bucket}' },
    },
  ],
};

const access = (body: Record<string, unknown>) => ({
  checks: [{ id: 'lists', title: 'Bea lists', access: { who: 'user/Bea', ...body } }],
});
const call = (body: Record<string, unknown>) => ({
  checks: [{ id: 'lists', title: 'Bea lists', call: { who: 'user/Bea', ...body } }],
});

const bounds = (body: Record<string, unknown>) => ({
  checks: [{ id: 'lists', title: 'Bea lists', bounds: { who: 'user/Bea', ...body } }],
});
const reach = (body: Record<string, unknown>) => ({ checks: [{ id: 'lists', title: 'Bea lists', reach: body }] });
const allow = { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::${Bucket}' };

function problemsOf(change: Record<string, unknown>, files: Record<string, string> = {}): readonly Problem[] {
  const read = readChallenge({
    'challenge.yaml': stringify({ ...base, ...change }),
    'account.yaml': account,
    ...files,
  });
  return read.kind === 'ok' ? [] : read.problems;
}

const inShort = (problems: readonly Problem[]) =>
  problems.map(({ code, file, line, column, field }) => `${file}:${line}:${column} ${field} ${code}`);

describe('reading a challenge', () => {
  it('reads what is sound, with what the format says by default', () => {
    const read = readChallenge({
      'challenge.yaml': stringify(base),
      'account.yaml': account,
      'solution.sh': 'submit\n',
      'right/other.sh': 'submit\n',
      'wrong/none.sh': '# refused by: lists\nsubmit\n',
      'home/notes/todo.txt': 'List ${Bucket}.\n',
    });
    expect(read).toMatchObject({
      kind: 'ok',
      challenge: {
        explain: 'always',
        debrief: null,
        hints: [],
        stages: [
          {
            id: null,
            title: 'Catalogue',
            restart: false,
            checks: [{ id: 'lists', kind: 'access', private: false }, { kind: 'others' }],
          },
        ],
        solution: { file: 'solution.sh' },
        wrong: [{ file: 'wrong/none.sh', refusedBy: 'lists' }],
        home: { 'notes/todo.txt': 'List ${Bucket}.\n' },
      },
    });
  });

  it('points at the line and column of a wrong field', () => {
    const text = `${stringify(base)}color: red\n`;
    const read = readChallenge({ 'challenge.yaml': text, 'account.yaml': account });
    const line = text.split('\n').indexOf('color: red') + 1;
    expect(read).toMatchObject({
      kind: 'invalid',
      problems: [{ code: 'unknown_field', file: 'challenge.yaml', line, column: 1, field: '/color' }],
    });
  });

  it('tells what is no YAML, and survives a bomb of aliases', () => {
    expect(inShort(problemsOf({}, { 'challenge.yaml': 'id: [a\nb: {' }))[0]).toMatch(
      /^challenge.yaml:\d+:\d+ {2}yaml_syntax$/,
    );
    const bomb = `a: &a [${'x,'.repeat(50)}]\n${Array.from({ length: 9 }, (_, n) => `b${n}: &b${n} [${`*${n === 0 ? 'a' : `b${n - 1}`},`.repeat(20)}]`).join('\n')}`;
    expect(inShort(problemsOf({}, { 'challenge.yaml': bomb }))).toEqual(['challenge.yaml:1:1  yaml_syntax']);
  });

  it('misses files, and refuses those that have no place', () => {
    const read = readChallenge({ 'challenge.yaml': stringify(base), 'notes.txt': '', 'home/../../etc/passwd': '' });
    expect(read.kind === 'invalid' && inShort(read.problems)).toEqual([
      'account.yaml:1:1  missing_file',
      'notes.txt:1:1  unexpected_file',
      'home/../../etc/passwd:1:1  unexpected_file',
    ]);
  });
});

describe('whatever is in the files', () => {
  it('is answered with problems, and never with an exception', () => {
    const sound = stringify(base);
    const damaged = fc
      .tuple(fc.nat(sound.length), fc.nat(30), fc.string({ unit: fc.constantFrom(...'{}[]:-*&!|>"\'#%@`,\n\t ab1$') }))
      .map(([from, length, text]) => sound.slice(0, from) + text + sound.slice(from + length));
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string()), (text) => {
        const read = readChallenge({ 'challenge.yaml': text, 'account.yaml': account });
        if (read.kind === 'ok') return;
        expect(read.problems.length).toBeGreaterThan(0);
        for (const problem of read.problems) {
          expect(problem.line).toBeLessThanOrEqual(text.split('\n').length);
          expect(problem.message.length).toBeGreaterThan(10);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what is not offered', () => {
  it.each([
    ['answer_unsupported', { checks: [{ id: 'a', title: 'Answer', answer: { is: 'x' } }] }, '/checks/0/answer'],
    ['choice_unsupported', { checks: [{ id: 'a', title: 'Choice', choice: {} }] }, '/checks/0/choice'],
    ['traffic_unsupported', { traffic: {} }, '/traffic'],
    [
      'traffic_unsupported',
      { checks: [{ id: 'a', title: 'Runs', call: { traffic: 'nightly' } }] },
      '/checks/0/call/traffic',
    ],
    ['http_unsupported', call({ http: 'GET http://a' }), '/checks/0/call/http'],
    ['who_unsupported', access({ can: 's3:GetObject', who: 'service/lambda.amazonaws.com' }), '/checks/0/access/who'],
  ])('is refused as %s', (code, change, field) => {
    const problems = problemsOf(change);
    expect(problems.map((problem) => [problem.code, problem.field])).toEqual([[code, field]]);
    expect(problems[0]?.message).toMatch(/[.]$/);
  });
});

describe('what a schema cannot say', () => {
  it.each([
    ['unknown_name', { story: 'List ${Buckte}.' }, '/story'],
    ['unknown_name', { summary: 'For ${Bucket}.' }, '/summary'],
    ['unknown_name', access({ can: 's3:ListAllMyBuckets', who: 'partner/role/Sync' }), '/checks/0/access/who'],
    ['unknown_name', { you: [{ profile: 'eve', principal: 'stranger/user/Eve' }] }, '/you/0/principal'],
    ['duplicate_name', { vary: { Bucket: 'b', Flag: 'f' } }, '/vary/Flag'],
    ['duplicate_name', { checks: [...base.checks, ...base.checks] }, '/checks/1/id'],
    ['duplicate_name', { you: [...base.you, ...base.you] }, '/you/1/profile'],
    ['missing_field', access({ on: 'arn:aws:s3:::b' }), '/checks/0/access'],
    ['unknown_field', access({ can: 's3:ListBucket', cannot: 's3:GetObject' }), '/checks/0/access'],
    ['wrong_value', access({ can: 's3:ListBuckets', on: 'arn:aws:s3:::b' }), '/checks/0/access/can'],
    ['wrong_value', access({ cannot: ['s3:GetObject', 'iam:PutUserPolciy'] }), '/checks/0/access/cannot/1'],
    ['wrong_value', access({ cannot: 's3:Fetch*', on: 'arn:aws:s3:::b/*' }), '/checks/0/access/cannot'],
    [
      'wrong_value',
      access({
        who: { web: 'https://a.example', claims: {} },
        can: 'sts:AssumeRoleWithWebIdentity',
        on: 'arn:aws:iam::111122223333:role/A',
      }),
      '/checks/0/access/who',
    ],
    ['missing_field', bounds({}), '/checks/0/bounds'],
    ['wrong_value', bounds({ atLeast: [] }), '/checks/0/bounds/atLeast'],
    ['wrong_value', bounds({ atMost: [allow, { ...allow, Effect: 'Alow' }] }), '/checks/0/bounds/atMost/1/Effect'],
    ['wrong_value', bounds({ atLeast: [{ Effect: 'Allow', Resource: '*' }] }), '/checks/0/bounds/atLeast/0'],
    ['wrong_value', reach({ from: 'user/Bea', to: 'user/Bea', expect: 'none' }), '/checks/0/reach/to'],
    ['wrong_value', reach({ from: 'user/Bea', to: 'root', expect: 'none' }), '/checks/0/reach/to'],
    ['wrong_value', { others: 'off' }, '/others'],
    ['wrong_value', { others: { off: '' } }, '/others/off'],
    ['wrong_value', { others: { within: [{ Effect: 'Allow', Action: 's3:*' }] } }, '/others/within/0'],
    ['missing_field', { type: 'attack-then-fix' }, ''],
    ['unknown_field', { type: 'free' }, '/checks'],
    ['missing_field', { you: undefined }, ''],
    ['wrong_value', call({ call: 's3:ListEverything' }), '/checks/0/call/call'],
    ['wrong_value', call({ call: 'glue:StartJobRun' }), '/checks/0/call/call'],
    ['wrong_value', call({ call: 's3:ListObjectsV2', with: { Buket: 'b' } }), '/checks/0/call/with/Buket'],
    ['wrong_value', call({ call: 's3:ListObjectsV2', with: { MaxKeys: 'two' } }), '/checks/0/call/with/MaxKeys'],
    ['wrong_value', call({ call: 's3:ListObjectsV2', expect: 'length(' }), '/checks/0/call/expect'],
    [
      'wrong_value',
      {
        checks: [
          { id: 'a', title: 'State', state: { call: 'iam:CreateUser', with: { UserName: 'A' }, expect: 'User' } },
        ],
      },
      '/checks/0/state/call',
    ],
  ])('is refused as %s', (code, change, field) => {
    expect(problemsOf(change).map((problem) => [problem.code, problem.field])).toEqual([[code, field]]);
  });

  it.each([
    ['s3:GetObjekt', 's3:GetObjekt is no action of AWS: the nearest is s3:GetObject.'],
    ['s3:getobject', 's3:getobject is no action of AWS: the nearest is s3:GetObject.'],
    ['iam:PutUserPolciy', 'iam:PutUserPolciy is no action of AWS: the nearest is iam:PutUserPolicy.'],
    ['s3:ListObjectsV2', expect.stringContaining('is an operation and no action')],
  ])('says what %s should be', (can, message) => {
    expect(problemsOf(access({ can, on: 'arn:aws:s3:::b' }))).toMatchObject([{ code: 'wrong_value', message }]);
  });

  it.each(['aws:SourceIP4', 'sourceip:v4'])('refuses %s, which is no condition key', (key) => {
    const asked = access({ can: 's3:GetObject', on: 'arn:aws:s3:::b/x', when: { [key]: 'any' } });
    expect(problemsOf(asked)).toMatchObject([{ code: 'wrong_value', field: `/checks/0/access/when/${key}` }]);
  });

  it('takes the keys of AWS, of its services and of identity providers in any case', () => {
    const when = {
      'aws:sourceip': '203.0.113.7',
      'aws:PrincipalTag/team': 'x',
      's3:prefix': '',
      'accounts.google.com:aud': 'x',
    };
    expect(problemsOf(access({ can: 's3:ListBucket', on: 'arn:aws:s3:::b', when }))).toEqual([]);
  });

  it('takes patterns, bounds, reach and others', () => {
    const open = { 'aws:SourceIp': 'any' };
    expect(problemsOf(access({ can: ['s3:Get*', '*'], on: ['arn:aws:s3:::${Bucket}/*', '*'], when: open }))).toEqual(
      [],
    );
    expect(problemsOf(bounds({ atMost: [], atLeast: [allow], when: open }))).toEqual([]);
    expect(problemsOf(reach({ from: 'user/Bea', to: 'role/Vault', expect: 'some' }))).toEqual([]);
    expect(problemsOf({ others: { except: ['role/Sync', 'anonymous'], within: [allow] } })).toEqual([]);
    expect(problemsOf({ others: { off: 'The challenge is to open the account to everybody.' } })).toEqual([]);
  });

  it('leaves the actions of services that are not offered to their names', () => {
    expect(problemsOf(access({ cannot: ['ec2:RunInstances', 'sts:GetCallerIdentity'] }))).toEqual([]);
  });

  it('holds the challenge against its place in the pack', () => {
    const files = { 'challenge.yaml': stringify(base), 'account.yaml': account };
    expect(readChallenge(files, { folder: 'catalogue', tracks: [{ id: 'policies', title: 'Policies' }] }).kind).toBe(
      'ok',
    );
    const read = readChallenge(files, { folder: 'other', tracks: [{ id: 'roles', title: 'Roles' }] });
    expect(read.kind === 'invalid' && read.problems.map(({ code, field }) => [code, field])).toEqual([
      ['wrong_value', '/id'],
      ['wrong_value', '/track'],
    ]);
  });

  it('holds wrong ways, home files and parameters against the checks and names', () => {
    const problems = problemsOf(
      {},
      {
        'wrong/one.sh': 'submit\n',
        'wrong/two.sh': '# refused by: least\n',
        'home/draft.json': '{\n  "Resource": "arn:aws:s3:::${Buckte}"\n}\n',
        'account.yaml': `Parameters: {Budget: {Type: String}}\n${account}`,
      },
    );
    expect(inShort(problems)).toEqual([
      'home/draft.json:2:29  unknown_name',
      'account.yaml:1:22 /Parameters/Budget unknown_name',
      'wrong/one.sh:1:1  missing_refusal',
      'wrong/two.sh:1:1  missing_refusal',
    ]);
  });
});
