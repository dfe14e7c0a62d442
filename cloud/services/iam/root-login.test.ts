import { expect, test } from 'vitest';
import type { AnyCaller } from '../../../iam/model.ts';
import { accountId, root, Sandbox, startTime } from './testing/sandbox.ts';

/** A session of AssumeRoot; which task policy limits it is the engine's business. */
const assumed: AnyCaller = { kind: 'root', accountId, session: { issuedAt: startTime, assumedRoot: true } };

test('a session of AssumeRoot takes root’s password away and lets it be set again', () => {
  const sandbox = new Sandbox();
  const present = () => sandbox.call('GetAccountSummary').SummaryMap.AccountPasswordPresent;
  expect(sandbox.call('GetLoginProfile', {}, assumed).LoginProfile.UserName).toBe('root');
  expect(sandbox.refused('CreateLoginProfile', {}, assumed)).toContain('EntityAlreadyExists');
  sandbox.call('DeleteLoginProfile', {}, assumed);
  expect(present()).toBe(0);
  expect(sandbox.refused('GetLoginProfile', {}, assumed)).toContain('NoSuchEntity');
  expect(sandbox.refused('DeleteLoginProfile', {}, assumed)).toContain('NoSuchEntity');
  sandbox.call('CreateLoginProfile', {}, assumed);
  expect(present()).toBe(1);
  expect(sandbox.call('GetLoginProfile', {}, assumed).LoginProfile.CreateDate).toEqual(new Date(startTime));
});

test('root’s own keys cannot', () => {
  const sandbox = new Sandbox();
  for (const operation of ['GetLoginProfile', 'DeleteLoginProfile']) {
    expect(sandbox.refused(operation, {}, root)).toContain('Must specify userName');
  }
});
