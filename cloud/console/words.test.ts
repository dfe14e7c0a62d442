import { expect, test } from 'vitest';
import { consoleWords } from './words.ts';

test.each([
  ['enable-root-mfa', { name: 'EnableRootMfa' }],
  ['disable-root-mfa', { name: 'DisableRootMfa' }],
  ['set-root-password Secret-1', { name: 'SetRootPassword', password: 'Secret-1' }],
  ['delete-root-access-key AKIA1', { name: 'DeleteRootAccessKey', accessKeyId: 'AKIA1' }],
  ['sign-in Ana pw', { name: 'SignIn', user: 'Ana', password: 'pw' }],
  [
    'sign-in Ana pw --code 123456 --new-password next',
    { name: 'SignIn', user: 'Ana', password: 'pw', code: '123456', newPassword: 'next' },
  ],
])('%s', (line, act) => expect(consoleWords(line.split(' '))).toEqual({ kind: 'act', act }));

test.each(['', 'sign-in Ana', 'sign-in Ana pw --code', 'sign-in Ana pw --colour red', 'enable-root-mfa now', 'fly'])(
  'how it is used, for "%s"',
  (line) =>
    expect(consoleWords(line.split(' '))).toMatchObject({
      kind: 'usage',
      text: expect.stringMatching(/^usage: console/),
    }),
);
