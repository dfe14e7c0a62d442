import { beforeEach, describe, expect, test } from 'vitest';
import { nodeHashes } from '../../../server/hashes/node-hashes.ts';
import { accountId, Sandbox, startTime } from './testing/sandbox.ts';
import { totpCode, totpStep } from './totp.ts';

let sandbox: Sandbox;
let seed: string;
const bea = { UserName: 'Bea' };
const device = { SerialNumber: `arn:aws:iam::${accountId}:mfa/phone` };

beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('CreateUser', bea);
  const created = sandbox.call('CreateVirtualMFADevice', { VirtualMFADeviceName: 'phone' }).VirtualMFADevice;
  seed = new TextDecoder().decode(created.Base32StringSeed);
});

function codes(shift = 0) {
  const step = totpStep(sandbox.now) + shift;
  return {
    AuthenticationCode1: totpCode(seed, step - 1, nodeHashes),
    AuthenticationCode2: totpCode(seed, step, nodeHashes),
  };
}

const enable = () => sandbox.call('EnableMFADevice', { ...bea, ...device, ...codes() });

describe('virtual MFA devices', () => {
  test('are created with a seed and a QR code', () => {
    const { VirtualMFADevice } = sandbox.call('CreateVirtualMFADevice', { VirtualMFADeviceName: 'a', Path: '/b/' });
    expect(VirtualMFADevice.SerialNumber).toBe(`arn:aws:iam::${accountId}:mfa/b/a`);
    expect(new TextDecoder().decode(VirtualMFADevice.Base32StringSeed)).toMatch(/^[A-Z2-7]{64}$/);
    expect([...VirtualMFADevice.QRCodePNG.slice(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    expect(sandbox.refused('CreateVirtualMFADevice', { VirtualMFADeviceName: 'phone' })).toBe(
      'EntityAlreadyExists: MFA device already exists.',
    );
  });

  test('are enabled for a user by two codes that follow each other', () => {
    enable();
    const EnableDate = new Date(startTime);
    expect(sandbox.call('ListMFADevices', bea)).toEqual({
      MFADevices: [{ ...bea, ...device, EnableDate }],
      IsTruncated: false,
    });
    expect(sandbox.call('ListVirtualMFADevices', { AssignmentStatus: 'Assigned' }).VirtualMFADevices).toEqual([
      { ...device, EnableDate, User: expect.objectContaining({ UserName: 'Bea' }) },
    ]);
    expect(sandbox.refused('EnableMFADevice', { ...bea, ...device, ...codes() })).toBe(
      'EntityAlreadyExists: MFA Device is already in use.',
    );
    expect(sandbox.call('GetAccountSummary').SummaryMap).toMatchObject({ MFADevices: 1, MFADevicesInUse: 1 });
  });

  test('go by the sandbox’s clock', () => {
    sandbox.world = { ...sandbox.world, clockOffset: 86_400_000 };
    const step = totpStep(sandbox.realNow);
    const real = {
      AuthenticationCode1: totpCode(seed, step - 1, nodeHashes),
      AuthenticationCode2: totpCode(seed, step, nodeHashes),
    };
    expect(sandbox.refused('EnableMFADevice', { ...bea, ...device, ...real })).toContain('InvalidAuthenticationCode');
    enable();
  });

  test('are not enabled by other codes', () => {
    const wrong = { AuthenticationCode1: '000000', AuthenticationCode2: '000001' };
    expect(sandbox.refused('EnableMFADevice', { ...bea, ...device, ...wrong })).toBe(
      'InvalidAuthenticationCode: Authentication code for device is not valid.',
    );
    expect(sandbox.refused('EnableMFADevice', { ...bea, ...device, ...codes(10) })).toContain(
      'InvalidAuthenticationCode',
    );
  });

  test('are brought in step, deactivated and deleted', () => {
    enable();
    sandbox.call('ResyncMFADevice', { ...bea, ...device, ...codes() });
    const wrong = { AuthenticationCode1: '000000', AuthenticationCode2: '000001' };
    expect(sandbox.refused('ResyncMFADevice', { ...bea, ...device, ...wrong })).toContain('InvalidAuthenticationCode');
    expect(sandbox.refused('DeleteVirtualMFADevice', device)).toBe(
      'DeleteConflict: MFA VirtualDevice in use. Must deactivate first.',
    );
    expect(sandbox.refused('DeleteUser', bea)).toBe(
      'DeleteConflict: Cannot delete entity, must delete MFA device first.',
    );
    sandbox.call('DeactivateMFADevice', { ...bea, ...device });
    expect(sandbox.call('ListMFADevices', bea).MFADevices).toEqual([]);
    expect(sandbox.call('ListVirtualMFADevices', { AssignmentStatus: 'Unassigned' }).VirtualMFADevices).toEqual([
      device,
    ]);
    sandbox.call('DeleteVirtualMFADevice', device);
    expect(sandbox.call('ListVirtualMFADevices').VirtualMFADevices).toEqual([]);
    sandbox.call('DeleteUser', bea);
  });

  test('that are missing, or another’s, are refused', () => {
    const none = { SerialNumber: `arn:aws:iam::${accountId}:mfa/none` };
    const missing = `NoSuchEntity: MFA Device with serial number ${none.SerialNumber} does not exist.`;
    for (const operation of ['EnableMFADevice', 'ResyncMFADevice', 'DeactivateMFADevice', 'DeleteVirtualMFADevice']) {
      expect(sandbox.refused(operation, { ...bea, ...none, ...codes() })).toBe(missing);
    }
    enable();
    sandbox.call('CreateUser', { UserName: 'Cleo' });
    for (const operation of ['ResyncMFADevice', 'DeactivateMFADevice']) {
      expect(sandbox.refused(operation, { UserName: 'Cleo', ...device, ...codes() })).toContain('does not exist.');
      expect(sandbox.refused(operation, { UserName: 'none', ...device, ...codes() })).toBe(
        'NoSuchEntity: The user with name none cannot be found.',
      );
    }
  });

  test('are asked for by user, by serial number and as a list', () => {
    expect(sandbox.asked('CreateVirtualMFADevice', { VirtualMFADeviceName: 'x' })).toEqual([
      `iam:CreateVirtualMFADevice arn:aws:iam::${accountId}:mfa/x`,
    ]);
    expect(sandbox.asked('EnableMFADevice', { ...bea, ...device, ...codes() })).toEqual([
      `iam:EnableMFADevice arn:aws:iam::${accountId}:user/Bea`,
    ]);
    expect(sandbox.asked('ListVirtualMFADevices')).toEqual([
      `iam:ListVirtualMFADevices arn:aws:iam::${accountId}:mfa/`,
    ]);
    expect(sandbox.asked('DeleteVirtualMFADevice', device)).toEqual([
      `iam:DeleteVirtualMFADevice ${device.SerialNumber}`,
    ]);
  });
});
