import { beforeEach, describe, expect, test } from 'vitest';
import { SandboxShell } from '../testing/sandbox-shell.ts';

let shell: SandboxShell;
beforeEach(() => {
  shell = new SandboxShell();
});

test('set writes keys to one file and settings to the other', async () => {
  await shell.ok('configure', 'set', 'aws_access_key_id', 'AKIAIOSFODNN7EXAMPLE', '--profile', 'dev');
  await shell.ok('configure', 'set', 'region', 'eu-west-1', '--profile', 'dev');
  await shell.ok('configure', 'set', 'profile.dev.s3.addressing_style', 'path');
  expect(shell.read('.aws/config')).toBe(
    '[default]\nregion = us-east-1\n[profile dev]\nregion = eu-west-1\ns3 =\n    addressing_style = path\n',
  );
  expect(shell.read('.aws/credentials')).toContain('[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n');
  expect(await shell.ok('configure', 'get', 'profile.dev.s3.addressing_style')).toBe('path\n');
  expect(await shell.ok('configure', 'list-profiles')).toBe('default\ndev\n');
});

test('get tells by its exit code that there is nothing', async () => {
  expect(await shell.aws('configure', 'get', 'output')).toEqual({ stdout: '', stderr: '', exitCode: 1 });
});

test('plain configure asks, and keeps what is only confirmed', async () => {
  shell.stdin = 'AKIAIOSFODNN7EXAMPLE\nsecret\n\njson\n';
  expect(await shell.ok('configure', '--profile', 'new')).toBe(
    'AWS Access Key ID [None]: AWS Secret Access Key [None]: Default region name [None]: Default output format [None]: ',
  );
  expect(shell.read('.aws/credentials')).toContain(
    '[new]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret\n',
  );
  expect(shell.read('.aws/config')).toContain('[profile new]\noutput = json\n');
});

describe('list', () => {
  test('names what is in use and where it is from', async () => {
    const lines = (await shell.ok('configure', 'list')).split('\n');
    expect(lines[0]).toBe('      Name                    Value             Type    Location');
    expect(lines[2]).toBe('   profile                <not set>             None    None');
    expect(lines[3]).toMatch(/^access_key {5}\*{16}[A-Z0-9]{4} shared-credentials-file {4}$/);
    expect(lines[5]).toBe('    region                us-east-1      config-file    ~/.aws/config');
  });
});
