import type {
  CreateVirtualMFADeviceRequest,
  CreateVirtualMFADeviceResponse,
  DeactivateMFADeviceRequest,
  DeleteVirtualMFADeviceRequest,
  EnableMFADeviceRequest,
  GetMFADeviceRequest,
  GetMFADeviceResponse,
  ListMFADevicesRequest,
  ListMFADevicesResponse,
  ListVirtualMFADevicesRequest,
  ListVirtualMFADevicesResponse,
  ResyncMFADeviceRequest,
  VirtualMFADevice,
} from '@aws-sdk/client-iam';
import type { Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, Permission, PermissionFacts, ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { mfaDeviceArn } from './arns.ts';
import { subjectOf } from './caller.ts';
import { alreadyExists, deleteConflict, noSuchEntity, quotaExceeded } from './errors.ts';
import { findByName, userNamed } from './names.ts';
import { pageInOrder } from './pages.ts';
import {
  type Context,
  iamOf,
  iamPermission,
  onList,
  onSubject,
  onUser,
  requestTags,
  resourceTags,
} from './permissions.ts';
import { qrCodePng } from './qr-code.ts';
import { quotas } from './quotas.ts';
import { shownUser } from './shapes.ts';
import type { VirtualMfaDeviceState } from './state.ts';
import { tagsOf } from './tags.ts';
import { shownTime } from './times.ts';
import { areConsecutiveCodes, makeSeed } from './totp.ts';

/** A virtual device by its serial number. @throws NoSuchEntity */
export function mfaDeviceWithSerial<T extends VirtualMfaDeviceState>(
  iam: { readonly virtualMfaDevices: Readonly<Record<string, T>> },
  serialNumber: string,
): T {
  return own(iam.virtualMfaDevices, serialNumber) ?? noSuchDevice(serialNumber);
}

function noSuchDevice(serialNumber: string): never {
  throw noSuchEntity(`MFA Device with serial number ${serialNumber} does not exist.`);
}

/** The permission on a device, by its serial number. */
export function onMfaDevice(
  action: string,
  serialNumber: string,
  facts: PermissionFacts,
  context: Context = {},
): Permission {
  const tags = own(iamOf(facts).virtualMfaDevices, serialNumber)?.tags;
  return iamPermission(action, serialNumber, facts, { context: { ...resourceTags(tags, ['aws']), ...context } });
}

const createVirtualMfaDevice: ChangeOperation<CreateVirtualMFADeviceRequest, CreateVirtualMFADeviceResponse> = {
  kind: 'change',
  permissions: ({ VirtualMFADeviceName: name = '', Path: path = '/', Tags }, facts) => {
    const arn = mfaDeviceArn(facts.callerAccountId, { path, name });
    const context = requestTags(Tags);
    return [
      iamPermission('CreateVirtualMFADevice', arn, facts, { context }),
      ...(Tags?.length ? [iamPermission('TagMFADevice', arn, facts, { context })] : []),
    ];
  },
  handle(account, { VirtualMFADeviceName: name = '', Path: path = '/', Tags }, call) {
    const { virtualMfaDevices } = account.iam;
    const serialNumber = mfaDeviceArn(account.id, { path, name });
    if (own(virtualMfaDevices, serialNumber) !== undefined) throw alreadyExists('MFA device already exists.');
    const tags = tagsOf(Tags, 'exact-case');
    const seed = makeSeed(call.random);
    virtualMfaDevices[serialNumber] = { serialNumber, seed, tags };
    const holder = account.iam.alias ?? account.id;
    const issuer = encodeURIComponent('Amazon Web Services');
    const uri = `otpauth://totp/${issuer}:${encodeURIComponent(`${name}@${holder}`)}?secret=${seed}&issuer=${issuer}`;
    return {
      VirtualMFADevice: {
        SerialNumber: serialNumber,
        Base32StringSeed: new TextEncoder().encode(seed),
        QRCodePNG: qrCodePng(uri),
        ...(tags.length > 0 && { Tags: tags }),
      },
    };
  },
};

const listVirtualMfaDevices: ReadOperation<ListVirtualMFADevicesRequest, ListVirtualMFADevicesResponse> = {
  kind: 'read',
  permissions: (_request, facts) => [onList('ListVirtualMFADevices', 'mfa', undefined, facts)],
  handle(account, request) {
    const devices = Object.values(account.iam.virtualMfaDevices).filter(({ user }) => {
      if (request.AssignmentStatus === 'Assigned') return user !== undefined;
      return request.AssignmentStatus !== 'Unassigned' || user === undefined;
    });
    const { items, position } = pageInOrder(devices.sort(bySerialNumber), request);
    return { VirtualMFADevices: items.map((device) => shownVirtual(account, device)), ...position };
  },
};

function bySerialNumber(a: VirtualMfaDeviceState, b: VirtualMfaDeviceState): number {
  return a.serialNumber < b.serialNumber ? -1 : 1;
}

function shownVirtual(account: Account, device: VirtualMfaDeviceState): VirtualMFADevice {
  const user = device.user === undefined ? undefined : findByName(account.iam.users, device.user);
  return {
    SerialNumber: device.serialNumber,
    ...(user !== undefined && { User: shownUser(account.id, user) }),
    ...(device.enabledAt !== undefined && { EnableDate: shownTime(device.enabledAt) }),
  };
}

const deleteVirtualMfaDevice: ChangeOperation<DeleteVirtualMFADeviceRequest, object> = {
  kind: 'change',
  permissions: ({ SerialNumber = '' }, facts) => [onMfaDevice('DeleteVirtualMFADevice', SerialNumber, facts)],
  handle(account, { SerialNumber = '' }) {
    const device = mfaDeviceWithSerial(account.iam, SerialNumber);
    if (device.user !== undefined) throw deleteConflict('MFA VirtualDevice in use. Must deactivate first.');
    delete account.iam.virtualMfaDevices[SerialNumber];
    return {};
  },
};

interface Codes {
  readonly AuthenticationCode1: string | undefined;
  readonly AuthenticationCode2: string | undefined;
}

/** @throws InvalidAuthenticationCode unless the codes are two that follow each other, now */
function requireCodes({ seed }: VirtualMfaDeviceState, request: Codes, call: Call): void {
  const codes = [request.AuthenticationCode1 ?? '', request.AuthenticationCode2 ?? ''] as const;
  if (!areConsecutiveCodes(seed, codes, call.now, call.hashes)) {
    throw new AwsError('InvalidAuthenticationCode', 'Authentication code for device is not valid.');
  }
}

const enableMfaDevice: ChangeOperation<EnableMFADeviceRequest, object> = {
  kind: 'change',
  permissions: ({ UserName = '' }, facts) => [onUser('EnableMFADevice', UserName, facts)],
  handle(account, request, call) {
    const user = userNamed(account.iam, request.UserName ?? '');
    const device = mfaDeviceWithSerial(account.iam, request.SerialNumber ?? '');
    if (device.user !== undefined) throw alreadyExists('MFA Device is already in use.');
    if (user.mfaDevices.length >= quotas.mfaDevicesPerUser) {
      throw quotaExceeded('MFADevicesPerUser', quotas.mfaDevicesPerUser);
    }
    requireCodes(device, request, call);
    device.user = user.name;
    device.enabledAt = call.now;
    user.mfaDevices.push({ serialNumber: device.serialNumber, enabledAt: call.now });
    return {};
  },
};

const resyncMfaDevice: ChangeOperation<ResyncMFADeviceRequest, object> = {
  kind: 'change',
  permissions: ({ UserName = '' }, facts) => [onUser('ResyncMFADevice', UserName, facts)],
  handle(account, request, call) {
    const user = userNamed(account.iam, request.UserName ?? '');
    const device = mfaDeviceWithSerial(account.iam, request.SerialNumber ?? '');
    if (device.user !== user.name) noSuchDevice(device.serialNumber);
    // Clocks of the sandbox and of the seed's holder are the same: good codes are all there is to bring in step.
    requireCodes(device, request, call);
    return {};
  },
};

const deactivateMfaDevice: ChangeOperation<DeactivateMFADeviceRequest, object> = {
  kind: 'change',
  permissions: ({ UserName }, facts) => [onSubject('DeactivateMFADevice', UserName, facts)],
  handle(account, { UserName, SerialNumber = '' }, call) {
    const subject = subjectOf(UserName, call.caller);
    const user = subject.kind === 'user' ? userNamed(account.iam, subject.name) : undefined;
    const device = mfaDeviceWithSerial(account.iam, SerialNumber);
    if (device.user !== (user?.name ?? 'root')) noSuchDevice(SerialNumber);
    delete device.user;
    delete device.enabledAt;
    if (user !== undefined) {
      user.mfaDevices = user.mfaDevices.filter(({ serialNumber }) => serialNumber !== SerialNumber);
    }
    return {};
  },
};

const listMfaDevices: ReadOperation<ListMFADevicesRequest, ListMFADevicesResponse> = {
  kind: 'read',
  permissions: ({ UserName }, facts) => [onSubject('ListMFADevices', UserName, facts)],
  handle(account, request, call) {
    const subject = subjectOf(request.UserName, call.caller);
    const name = subject.kind === 'user' ? userNamed(account.iam, subject.name).name : 'root';
    const devices = Object.values(account.iam.virtualMfaDevices).filter(({ user }) => user === name);
    const { items, position } = pageInOrder(devices.sort(bySerialNumber), request);
    return {
      MFADevices: items.map(({ serialNumber, enabledAt = 0 }) => ({
        UserName: name,
        SerialNumber: serialNumber,
        EnableDate: shownTime(enabledAt),
      })),
      ...position,
    };
  },
};

const getMfaDevice: ReadOperation<GetMFADeviceRequest, GetMFADeviceResponse> = {
  kind: 'read',
  permissions: ({ UserName }, facts) => [onSubject('GetMFADevice', UserName, facts)],
  handle(account, { SerialNumber = '', UserName }, call) {
    const subject = subjectOf(UserName, call.caller);
    const name = subject.kind === 'user' ? userNamed(account.iam, subject.name).name : 'root';
    const { user, enabledAt = 0 } = mfaDeviceWithSerial(account.iam, SerialNumber);
    if (user !== name) noSuchDevice(SerialNumber);
    return { UserName: name, SerialNumber, EnableDate: shownTime(enabledAt) };
  },
};

export const mfaDeviceOperations = {
  CreateVirtualMFADevice: createVirtualMfaDevice,
  ListVirtualMFADevices: listVirtualMfaDevices,
  DeleteVirtualMFADevice: deleteVirtualMfaDevice,
  EnableMFADevice: enableMfaDevice,
  ResyncMFADevice: resyncMfaDevice,
  DeactivateMFADevice: deactivateMfaDevice,
  ListMFADevices: listMfaDevices,
  GetMFADevice: getMfaDevice,
};
