import { afterAll, expect, test } from 'vitest';
import { allow, user, userPolicy, when } from '../documents.ts';
import { functionArn, functionRoles, gain, invoke, makeFunction, malice, zip } from '../functions.ts';
import { playRow } from '../play.ts';
import type { PathRow } from '../row.ts';
import { rowFunctions } from '../run-functions.ts';
import { accountId } from '../sandbox.ts';

const layer = (name: string) => `arn:aws:lambda:us-east-1:${accountId}:layer:${name}`;
const tool = (text: string) => ({ ZipFile: zip({ 'nodejs/node_modules/tool/index.js': text }) });
const calls = ['lambda:PublishLayerVersion', 'lambda:GetLayerVersion'];
const update = 'lambda:UpdateFunctionConfiguration';
const usesTool = zip({ 'index.js': "exports.handler = () => require('tool')();" });

const row: PathRow = {
  row: '41',
  title: 'A layer of a function swapped for one that lies over its modules',
  given: [
    ...functionRoles,
    {
      call: 'lambda:PublishLayerVersion',
      with: { LayerName: 'tool', Content: tool('module.exports = async () => 1;') },
    },
    makeFunction('nightly', 'root', 'Admin', usesTool),
    makeFunction('app-shop', 'root', 'Worker', usesTool),
    { call: update, with: { FunctionName: 'nightly', Layers: [`${layer('tool')}:1`] } },
    ...user('Eve', allow([...calls, update])),
  ],
  attacker: 'user/Eve',
  attack: [
    {
      call: 'lambda:PublishLayerVersion',
      with: { LayerName: 'mole', Content: tool(`${malice} module.exports = attack;`) },
    },
    { call: update, with: { FunctionName: 'nightly', Layers: [`${layer('mole')}:1`] } },
    invoke('nightly', 'root'),
  ],
  gain,
  fixes: [
    {
      what: 'the functions of her application only',
      steps: [userPolicy('Eve', allow(calls), allow(update, functionArn('app-*')))],
      stops: update,
    },
    {
      what: 'the layers of the house only',
      steps: [
        userPolicy(
          'Eve',
          allow(calls),
          allow(update, '*', when('ForAllValues:StringLike', 'lambda:Layer', layer('tool:*'))),
        ),
      ],
      stops: update,
    },
  ],
  work: [
    { call: update, as: 'user/Eve', with: { FunctionName: 'app-shop', Layers: [`${layer('tool')}:1`] } },
    invoke('app-shop', 'root'),
    invoke('nightly', 'root'),
  ],
};

const functions = rowFunctions();
afterAll(() => functions.close());

test(`${row.row}: ${row.title}`, async () => {
  expect.hasAssertions();
  await playRow(row, functions.runCode);
}, 120_000);
