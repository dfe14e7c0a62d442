import { beforeEach, expect, test } from 'vitest';
import { document, Sandbox, startTime } from './testing/sandbox.ts';

const certificate = (letter: string) => `-----BEGIN CERTIFICATE-----\nMIIB${letter}AAA\n-----END CERTIFICATE-----`;
const UserName = 'Bea';
let sandbox: Sandbox;

beforeEach(() => {
  sandbox = new Sandbox();
});

test('a certificate is uploaded, listed, switched off and deleted, by its user itself', () => {
  const bea = sandbox.user(UserName, document('iam:*'));
  const { Certificate } = sandbox.call('UploadSigningCertificate', { CertificateBody: certificate('A') }, bea);
  const { CertificateId } = Certificate;
  expect(CertificateId).toMatch(/^[A-Z2-7]{32}$/);
  sandbox.call('UpdateSigningCertificate', { CertificateId, Status: 'Inactive' }, bea);
  expect(sandbox.call('ListSigningCertificates', { UserName }).Certificates).toEqual([
    {
      UserName,
      CertificateId,
      CertificateBody: certificate('A'),
      Status: 'Inactive',
      UploadDate: new Date(startTime),
    },
  ]);
  sandbox.call('DeleteSigningCertificate', { CertificateId }, bea);
  expect(sandbox.refused('DeleteSigningCertificate', { CertificateId }, bea)).toContain('NoSuchEntity');
});

test('two of a user at most, none twice, and no other text', () => {
  sandbox.call('CreateUser', { UserName });
  const upload = (CertificateBody: string) => ({ UserName, CertificateBody });
  sandbox.call('UploadSigningCertificate', upload(certificate('A')));
  expect(sandbox.refused('UploadSigningCertificate', upload(certificate('A')))).toContain('DuplicateCertificate');
  expect(sandbox.refused('UploadSigningCertificate', upload('certificate'))).toContain('MalformedCertificate');
  sandbox.call('UploadSigningCertificate', upload(certificate('B')));
  expect(sandbox.refused('UploadSigningCertificate', upload(certificate('C')))).toBe(
    'LimitExceeded: Cannot exceed quota for SigningCertificatesPerUser: 2',
  );
  expect(sandbox.refused('DeleteUser', { UserName })).toContain('DeleteConflict');
});
