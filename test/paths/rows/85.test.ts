import { afterAll, expect, test } from 'vitest';
import { ADMINISTRATOR, allow, managedPolicy, policyArn, role, rolePolicy, trusts, user, when } from '../documents.ts';
import { gain, invoke, makeFunction, zip } from '../functions.ts';
import { playRow } from '../play.ts';
import type { PathRow } from '../row.ts';
import { rowFunctions } from '../run-functions.ts';

/** Attaches to the caller what the event names; `check` is what it thinks of the name before. */
const deputy = (check: string) =>
  zip({
    'index.js': `
      const { IAMClient, AttachUserPolicyCommand } = require('@aws-sdk/client-iam');
      exports.handler = async ({ policy, user }) => {
        if (!(${check})) return 'refused';
        await new IAMClient({}).send(new AttachUserPolicyCommand({ UserName: user, PolicyArn: policy })).catch(() => 'refused');
      };`,
  });
const reports = policyArn('Reports');

const row: PathRow = {
  row: '85',
  title: 'A function that attaches policies for others, and believes what it is told',
  given: [
    managedPolicy('Reports', allow('s3:ListAllMyBuckets')),
    ...role('Applier', trusts({ Service: 'lambda.amazonaws.com' }), allow('iam:AttachUserPolicy')),
    makeFunction('applier', 'root', 'Applier', deputy("policy.startsWith('arn:aws:iam::')")),
    ...user('Eve', allow('lambda:InvokeFunction')),
    ...user('Sam'),
  ],
  attacker: 'user/Eve',
  attack: [invoke('applier', 'user/Eve', { user: 'Eve', policy: ADMINISTRATOR })],
  gain,
  fixes: [
    {
      what: 'the function checks what it is given',
      steps: [
        {
          call: 'lambda:UpdateFunctionCode',
          with: { FunctionName: 'applier', ZipFile: deputy(`policy === '${reports}'`) },
        },
      ],
      stops: 'iam:CreateUser',
    },
    {
      what: 'its role may attach the one policy only',
      steps: [rolePolicy('Applier', allow('iam:AttachUserPolicy', '*', when('ArnEquals', 'iam:PolicyARN', reports)))],
      stops: 'iam:CreateUser',
    },
  ],
  work: [invoke('applier', 'user/Eve', { user: 'Sam', policy: reports }), { call: 's3:ListBuckets', as: 'user/Sam' }],
};

const functions = rowFunctions();
afterAll(() => functions.close());

test(`${row.row}: ${row.title}`, async () => {
  expect.hasAssertions();
  await playRow(row, functions.runCode);
}, 120_000);
