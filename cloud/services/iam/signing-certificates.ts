/** X.509 certificates of users, which old interfaces of AWS took for signatures. IAM API Reference, UploadSigningCertificate. */
import type {
  DeleteSigningCertificateRequest,
  ListSigningCertificatesRequest,
  ListSigningCertificatesResponse,
  SigningCertificate,
  UpdateSigningCertificateRequest,
  UploadSigningCertificateRequest,
  UploadSigningCertificateResponse,
} from '@aws-sdk/client-iam';
import { fromBase64 } from '@smithy/core/serde';
import type { Draft, Random } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { ownerOf, subjectOf } from './caller.ts';
import { noSuchEntity, quotaExceeded } from './errors.ts';
import { userNamed } from './names.ts';
import { pageOf } from './pages.ts';
import { onSubject } from './permissions.ts';
import { quotas } from './quotas.ts';
import type { SigningCertificateState, UserState } from './state.ts';
import { shownTime } from './times.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 32 letters, as IAM's certificate ids have them. */
function makeCertificateId(random: Random): string {
  return Array.from(random.bytes(32), (byte) => alphabet.charAt(byte % 32)).join('');
}

/** A certificate's body without what does not count. @throws MalformedCertificate for what is no PEM of a DER sequence */
function readBody(text: string): string {
  const base64 = /^-----BEGIN CERTIFICATE-----\s+([A-Za-z0-9+/=\s]+?)\s*-----END CERTIFICATE-----$/.exec(
    text.trim(),
  )?.[1];
  const body = base64?.replace(/\s/g, '');
  if (body !== undefined && isSequence(body)) return body;
  throw new AwsError(
    'MalformedCertificate',
    'Unable to parse certificate. Please ensure the certificate is in PEM format.',
  );
}

function isSequence(base64: string): boolean {
  try {
    return fromBase64(base64)[0] === 0x30;
  } catch {
    return false;
  }
}

/** @throws NoSuchEntity */
function certificateOf(user: Draft<UserState>, id: string | undefined): Draft<SigningCertificateState> {
  const certificate = user.signingCertificates?.find((known) => known.id === id);
  if (certificate === undefined) throw noSuchEntity(`The Certificate with id ${id} cannot be found.`);
  return certificate;
}

function shown(userName: string, { id, body, status, uploadedAt }: SigningCertificateState): SigningCertificate {
  return {
    UserName: userName,
    CertificateId: id,
    CertificateBody: body,
    Status: status,
    UploadDate: shownTime(uploadedAt),
  };
}

const uploadCertificate: ChangeOperation<UploadSigningCertificateRequest, UploadSigningCertificateResponse> = {
  kind: 'change',
  permissions: ({ UserName }, facts) => [onSubject('UploadSigningCertificate', UserName, facts)],
  handle(account, { UserName, CertificateBody = '' }, call) {
    const user: Draft<UserState> = ownerOf(account.iam, UserName, call.caller);
    const body = readBody(CertificateBody);
    const known = user.signingCertificates ?? [];
    if (known.some((other) => readBody(other.body) === body)) {
      throw new AwsError('DuplicateCertificate', 'The certificate is already associated with the user.');
    }
    if (known.length >= quotas.signingCertificatesPerUser) {
      throw quotaExceeded('SigningCertificatesPerUser', quotas.signingCertificatesPerUser);
    }
    const uploaded: SigningCertificateState = {
      id: makeCertificateId(call.random),
      body: CertificateBody.trim(),
      status: 'Active',
      uploadedAt: call.now,
    };
    user.signingCertificates = [...known, uploaded];
    return { Certificate: shown(user.name, uploaded) };
  },
};

const listCertificates: ReadOperation<ListSigningCertificatesRequest, ListSigningCertificatesResponse> = {
  kind: 'read',
  permissions: ({ UserName }, facts) => [onSubject('ListSigningCertificates', UserName, facts)],
  handle(account, request, call) {
    const subject = subjectOf(request.UserName, call.caller);
    const user = subject.kind === 'user' ? userNamed(account.iam, subject.name) : undefined;
    const { items, position } = pageOf(user?.signingCertificates ?? [], request, ({ id }) => id);
    return { Certificates: items.map((certificate) => shown(user?.name ?? '', certificate)), ...position };
  },
};

const updateCertificate: ChangeOperation<UpdateSigningCertificateRequest, object> = {
  kind: 'change',
  permissions: ({ UserName }, facts) => [onSubject('UpdateSigningCertificate', UserName, facts)],
  handle(account, { UserName, CertificateId, Status }, call) {
    const user: Draft<UserState> = ownerOf(account.iam, UserName, call.caller);
    certificateOf(user, CertificateId).status = Status === 'Inactive' ? 'Inactive' : 'Active';
    return {};
  },
};

const deleteCertificate: ChangeOperation<DeleteSigningCertificateRequest, object> = {
  kind: 'change',
  permissions: ({ UserName }, facts) => [onSubject('DeleteSigningCertificate', UserName, facts)],
  handle(account, { UserName, CertificateId }, call) {
    const user: Draft<UserState> = ownerOf(account.iam, UserName, call.caller);
    const { id } = certificateOf(user, CertificateId);
    user.signingCertificates = (user.signingCertificates ?? []).filter((known) => known.id !== id);
    return {};
  },
};

export const signingCertificateOperations = {
  UploadSigningCertificate: uploadCertificate,
  ListSigningCertificates: listCertificates,
  UpdateSigningCertificate: updateCertificate,
  DeleteSigningCertificate: deleteCertificate,
};
