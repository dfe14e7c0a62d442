import { afterAll, expect, test } from 'vitest';
import { allow, user, userPolicy, when } from '../documents.ts';
import { gain } from '../functions.ts';
import { instanceArn, malice } from '../hosts.ts';
import { node, typesIntoSession } from '../nodes.ts';
import { playRow } from '../play.ts';
import type { PathRow } from '../row.ts';
import { rowFunctions } from '../run-functions.ts';

const onDev = allow('ssm:StartSession', instanceArn(), when('StringEquals', 'ssm:resourceTag/env', 'dev'));

const row: PathRow = {
  row: '50',
  title: 'A session on an instance, whose role acts for whoever types',
  given: [
    ...node('Prod', 'prod', allow('*')),
    ...node('Dev', 'dev', allow('s3:ListAllMyBuckets')),
    ...user('Eve', allow('ssm:StartSession')),
  ],
  attacker: 'user/Eve',
  attack: typesIntoSession('Prod', malice, 'user/Eve'),
  gain,
  fixes: [
    { what: 'sessions by the tag of the instance', steps: [userPolicy('Eve', onDev)], stops: 'ssm:StartSession' },
    {
      what: 'a role of the instance with less',
      steps: [
        {
          call: 'iam:PutRolePolicy',
          with: {
            RoleName: 'Prod',
            PolicyName: 'less',
            PolicyDocument: JSON.stringify({
              Version: '2012-10-17',
              Statement: [{ Effect: 'Deny', Action: 'ssmmessages:*', Resource: '*' }],
            }),
          },
        },
      ],
      stops: 'ssm:StartSession',
      by: 'TargetNotConnected',
    },
  ],
  work: typesIntoSession('Dev', 'aws s3 ls', 'user/Eve'),
};

const code = rowFunctions();
afterAll(() => code.close());

test(`${row.row}: ${row.title}`, async () => {
  expect.hasAssertions();
  await playRow(row, code.runCode);
}, 120_000);
