import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { readRsaPublicKey, sshText } from './rsa-public-key.ts';
import { type Output, Sandbox, startTime } from './testing/sandbox.ts';

const pemOf = (bits: number) =>
  generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ type: 'spki', format: 'pem' }).toString();
const pem = pemOf(2048);
const key = readRsaPublicKey(pem);
const ssh = key === undefined ? '' : sshText(key);
const UserName = 'Bea';
let sandbox: Sandbox;

beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('CreateUser', { UserName });
});

const upload = (SSHPublicKeyBody = `${ssh} bea@laptop`): Output =>
  sandbox.call('UploadSSHPublicKey', { UserName, SSHPublicKeyBody }).SSHPublicKey;
const refused = (SSHPublicKeyBody: string) => sandbox.refused('UploadSSHPublicKey', { UserName, SSHPublicKeyBody });

test('a key goes from PEM to SSH and back as OpenSSL has it', () => {
  const { SSHPublicKeyId } = upload(pem);
  const get = (Encoding: string) =>
    sandbox.call('GetSSHPublicKey', { UserName, SSHPublicKeyId, Encoding }).SSHPublicKey.SSHPublicKeyBody;
  expect(get('PEM')).toBe(pem.trim());
  expect(get('SSH')).toBe(ssh);
  const again = new Sandbox();
  again.call('CreateUser', { UserName });
  const { SSHPublicKey } = again.call('UploadSSHPublicKey', { UserName, SSHPublicKeyBody: ssh });
  const asked = { UserName, SSHPublicKeyId: SSHPublicKey.SSHPublicKeyId, Encoding: 'PEM' };
  const back = again.call('GetSSHPublicKey', asked).SSHPublicKey.SSHPublicKeyBody;
  expect(createPublicKey(back).export({ type: 'spki', format: 'pem' })).toBe(pem);
});

test('is shown with the digest that ssh-keygen makes', () => {
  const digest = createHash('md5')
    .update(Buffer.from(ssh.slice('ssh-rsa '.length), 'base64'))
    .digest('hex');
  expect(upload()).toEqual({
    UserName,
    SSHPublicKeyId: expect.stringMatching(/^APKA[A-Z2-7]{17}$/),
    Fingerprint: digest.match(/../g)?.join(':'),
    SSHPublicKeyBody: `${ssh} bea@laptop`,
    Status: 'Active',
    UploadDate: new Date(startTime),
  });
});

test('is listed, switched off and deleted', () => {
  const { SSHPublicKeyId } = upload();
  sandbox.call('UpdateSSHPublicKey', { UserName, SSHPublicKeyId, Status: 'Inactive' });
  expect(sandbox.call('ListSSHPublicKeys', { UserName }).SSHPublicKeys).toEqual([
    { UserName, SSHPublicKeyId, Status: 'Inactive', UploadDate: new Date(startTime) },
  ]);
  expect(sandbox.refused('DeleteUser', { UserName })).toContain('DeleteConflict');
  sandbox.call('DeleteSSHPublicKey', { UserName, SSHPublicKeyId });
  expect(sandbox.refused('DeleteSSHPublicKey', { UserName, SSHPublicKeyId })).toContain('NoSuchEntity');
  sandbox.call('DeleteUser', { UserName });
});

test.each([
  ['another kind of key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5', 'UnrecognizedPublicKeyEncoding'],
  ['no key', 'ssh-rsa AAAAB3NzaC1yc2E=', 'InvalidPublicKey'],
  ['a short key', pemOf(1024), 'InvalidPublicKey'],
  ['a PEM that is none', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', 'InvalidPublicKey'],
])('refuses %s', (_what, body, code) => expect(refused(body)).toContain(code));

test('refuses a key twice, whatever its encoding', () => {
  upload();
  expect(refused(pem)).toContain('DuplicateSSHPublicKey');
});
