import { afterAll, expect, test } from 'vitest';
import { allow, user, userPolicy, when } from '../documents.ts';
import { gain } from '../functions.ts';
import { instanceArn, malice } from '../hosts.ts';
import { node, sendsCommand } from '../nodes.ts';
import { playRow } from '../play.ts';
import type { PathRow } from '../row.ts';
import { rowFunctions } from '../run-functions.ts';

const reads = allow(['ssm:GetCommandInvocation', 'ssm:ListCommandInvocations']);
const document = 'arn:aws:ssm:us-east-1::document/AWS-RunShellScript';

const row: PathRow = {
  row: '51',
  title: 'A command run on an instance, whose role acts for whoever sent it',
  given: [
    ...node('Prod', 'prod', allow('*')),
    ...node('Dev', 'dev', allow('s3:ListAllMyBuckets')),
    ...user('Eve', allow('ssm:SendCommand'), reads),
  ],
  attacker: 'user/Eve',
  attack: sendsCommand('Prod', malice, 'user/Eve'),
  gain,
  fixes: [
    {
      what: 'a named document, on instances of a tag',
      steps: [
        userPolicy(
          'Eve',
          allow('ssm:SendCommand', document),
          allow('ssm:SendCommand', instanceArn(), when('StringEquals', 'ssm:resourceTag/env', 'dev')),
          reads,
        ),
      ],
      stops: 'ssm:SendCommand',
    },
  ],
  work: sendsCommand('Dev', 'aws s3 ls', 'user/Eve'),
};

const code = rowFunctions();
afterAll(() => code.close());

test(`${row.row}: ${row.title}`, async () => {
  expect.hasAssertions();
  await playRow(row, code.runCode);
}, 120_000);
