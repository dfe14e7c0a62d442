import { beforeEach, expect, test } from 'vitest';
import { accountId, document, Sandbox, startTime } from './testing/sandbox.ts';

const arn = `arn:aws:iam::${accountId}:saml-provider/ADFS`;
const padding = `<!--${'x'.repeat(1000)}-->`;
const metadata = (more = '') =>
  `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com"${more}><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"/>${padding}</EntityDescriptor>`;
let sandbox: Sandbox;

beforeEach(() => {
  sandbox = new Sandbox();
});

const create = (more: object = {}) =>
  sandbox.call('CreateSAMLProvider', { Name: 'ADFS', SAMLMetadataDocument: metadata(), ...more });

test('a provider is made, read, listed, changed and deleted', () => {
  expect(create({ Tags: [{ Key: 'a', Value: 'b' }] })).toEqual({
    SAMLProviderArn: arn,
    Tags: [{ Key: 'a', Value: 'b' }],
  });
  expect(sandbox.call('GetSAMLProvider', { SAMLProviderArn: arn })).toMatchObject({
    SAMLMetadataDocument: metadata(),
    SAMLProviderUUID: expect.stringMatching(/^ASAML[A-Z0-9]{16}$/),
    CreateDate: new Date(startTime),
    Tags: [{ Key: 'a', Value: 'b' }],
  });
  const later = metadata(' validUntil="2030-01-01T00:00:00Z"');
  sandbox.call('UpdateSAMLProvider', { SAMLProviderArn: arn, SAMLMetadataDocument: later });
  expect(sandbox.call('ListSAMLProviders').SAMLProviderList).toEqual([
    { Arn: arn, CreateDate: new Date(startTime), ValidUntil: new Date(Date.UTC(2030, 0, 1)) },
  ]);
  expect(sandbox.call('GetAccountSummary').SummaryMap.Providers).toBe(1);
  sandbox.call('DeleteSAMLProvider', { SAMLProviderArn: arn });
  expect(sandbox.refused('GetSAMLProvider', { SAMLProviderArn: arn })).toContain('NoSuchEntity');
});

test('its tags are set and taken away', () => {
  create();
  sandbox.call('TagSAMLProvider', { SAMLProviderArn: arn, Tags: [{ Key: 'a', Value: 'b' }] });
  expect(sandbox.call('ListSAMLProviderTags', { SAMLProviderArn: arn }).Tags).toEqual([{ Key: 'a', Value: 'b' }]);
  sandbox.call('UntagSAMLProvider', { SAMLProviderArn: arn, TagKeys: ['a'] });
  expect(sandbox.call('ListSAMLProviderTags', { SAMLProviderArn: arn }).Tags).toEqual([]);
});

test.each([
  ['no metadata', { SAMLMetadataDocument: padding }, 'InvalidInput: Could not parse metadata'],
  ['a name twice', {}, 'EntityAlreadyExists: Provider with name ADFS already exists.'],
  [
    'too large a document',
    { Name: 'Big', SAMLMetadataDocument: metadata(` a="${'x'.repeat(70_000)}"`) },
    'LimitExceeded',
  ],
  [
    'encryption',
    { Name: 'E', AssertionEncryptionMode: 'Required' },
    'InvalidInput: Unable to set assertion encryption',
  ],
])('refuses %s', (_what, more, text) => {
  create();
  const request = { Name: 'Other', SAMLMetadataDocument: metadata(), ...more };
  expect(
    sandbox.refused('CreateSAMLProvider', _what === 'a name twice' ? { ...request, Name: 'ADFS' } : request),
  ).toContain(text);
});

test('an update must say what to change', () => {
  create();
  expect(sandbox.refused('UpdateSAMLProvider', { SAMLProviderArn: arn })).toContain('No updates are defined');
});

test('permissions are on the provider, by its tags', () => {
  const bea = sandbox.user('Bea', document('iam:*SAMLProvider', arn));
  const request = { Name: 'ADFS', SAMLMetadataDocument: metadata() };
  expect(sandbox.asked('CreateSAMLProvider', { ...request, Tags: [{ Key: 'a', Value: 'b' }] }, bea)).toEqual([
    `iam:CreateSAMLProvider ${arn}`,
    `iam:TagSAMLProvider ${arn}`,
  ]);
  expect(sandbox.refused('CreateSAMLProvider', { ...request, Name: 'Other' }, bea)).toContain('AccessDenied');
});

test('no account has server certificates', () => {
  expect(sandbox.call('ListServerCertificates')).toEqual({ ServerCertificateMetadataList: [], IsTruncated: false });
});
