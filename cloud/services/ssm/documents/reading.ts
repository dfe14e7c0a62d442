/** GetDocument, DescribeDocument, ListDocuments, ListDocumentVersions. */
import type {
  DescribeDocumentRequest,
  DescribeDocumentResult,
  DocumentKeyValuesFilter,
  GetDocumentRequest,
  GetDocumentResult,
  ListDocumentsRequest,
  ListDocumentsResult,
  ListDocumentVersionsRequest,
  ListDocumentVersionsResult,
} from '@aws-sdk/client-ssm';
import { stringify } from 'yaml';
import type { Call } from '../../../call.ts';
import { AwsError } from '../../../errors.ts';
import type { ReadOperation } from '../../../service.ts';
import type { Account } from '../../../world.ts';
import { validationException } from '../errors.ts';
import { pageOf } from '../pages.ts';
import { awsDocuments } from './aws-owned.ts';
import { contentOf } from './content.ts';
import { documentNamed, versionOf } from './finding.ts';
import { onNamedDocument } from './permissions.ts';
import { describeDocument, identifyDocument, type Shown, shownName } from './shape.ts';

/** What a request names. @throws InvalidDocument, InvalidDocumentVersion */
function named(account: Account, input: DescribeDocumentRequest, call: Call): Shown {
  const { region } = call.request;
  const place = { accountId: account.id, region };
  const found = documentNamed(input.Name ?? '', { world: call.world, ...place });
  return { ...found, version: versionOf(found.document, input), ...place };
}

export const getDocument: ReadOperation<GetDocumentRequest, GetDocumentResult> = {
  kind: 'read',
  owner: (_input, facts) => facts.callerAccountId,
  permissions: onNamedDocument('ssm:GetDocument'),
  handle(account, input, call) {
    const shown = named(account, input, call);
    const { document, version } = shown;
    const format = input.DocumentFormat ?? version.format;
    if (format === 'TEXT') throw validationException('The document format TEXT is not supported for this document.');
    return {
      Name: shownName(shown),
      CreatedDate: new Date(version.createdAt),
      ...(version.displayName !== undefined && { DisplayName: version.displayName }),
      ...(version.versionName !== undefined && { VersionName: version.versionName }),
      DocumentVersion: String(version.version),
      Status: 'Active',
      Content: format === version.format ? version.content : converted(shown, format),
      DocumentType: document.type,
      DocumentFormat: format,
    };
  },
};

function converted({ document, version }: Shown, format: 'JSON' | 'YAML'): string {
  const { root } = contentOf(document.type, version.content);
  return format === 'JSON' ? JSON.stringify(root, null, 2) : stringify(root);
}

export const describeDocumentOperation: ReadOperation<DescribeDocumentRequest, DescribeDocumentResult> = {
  kind: 'read',
  owner: (_input, facts) => facts.callerAccountId,
  permissions: onNamedDocument('ssm:DescribeDocument'),
  handle: (account, input, call) => ({ Document: describeDocument(named(account, input, call), call.hashes) }),
};

/** The account's own documents and AWS's, by name. Those of others are found by their ARN alone, as at AWS, where nobody lists all. */
export const listDocuments: ReadOperation<ListDocumentsRequest, ListDocumentsResult> = {
  kind: 'read',
  handle(account, input, call) {
    const { region } = call.request;
    const filters: readonly DocumentKeyValuesFilter[] = [
      ...(input.Filters ?? []),
      ...(input.DocumentFilterList ?? []).map(({ key, value }) => ({ Key: key, Values: [value ?? ''] })),
    ];
    const ours = Object.values(account.ssm.documents).filter((document) => document.region === region);
    const all: readonly Shown[] = [...ours, ...awsDocuments.values()].map((document) => ({
      document,
      version: versionOf(document, {}),
      ownerId: document.region === '' ? '' : account.id,
      accountId: account.id,
      region,
    }));
    const found = all.filter((shown) => filters.every((filter) => matches(shown, filter)));
    found.sort((a, b) => (a.document.name < b.document.name ? -1 : 1));
    const page = pageOf(
      found,
      { size: input.MaxResults ?? 50, token: input.NextToken },
      ({ document: { name } }) => name,
    );
    return {
      DocumentIdentifiers: page.items.map(identifyDocument),
      ...(page.token !== undefined && { NextToken: page.token }),
    };
  },
};

/** @throws InvalidFilterKey */
function matches(shown: Shown, { Key: key = '', Values: values = [] }: DocumentKeyValuesFilter): boolean {
  const { document, ownerId, accountId } = shown;
  const [, tag] = /^tag:(.+)$/.exec(key) ?? [];
  if (tag !== undefined) return document.tags.some(({ Key, Value }) => Key === tag && values.includes(Value));
  switch (key.toLowerCase()) {
    case 'name':
      return values.some((value) => document.name.startsWith(value));
    case 'owner':
      return values.some((value) => isOwnedBy(value, ownerId, accountId));
    case 'documenttype':
      return values.includes(document.type);
    case 'platformtypes':
      return values.some((value) => identifyDocument(shown).PlatformTypes?.some((platform) => platform === value));
    default:
      throw new AwsError('InvalidFilterKey', '', { status: 400 });
  }
}

function isOwnedBy(wanted: string, ownerId: string, accountId: string): boolean {
  switch (wanted) {
    case 'Self':
      return ownerId === accountId;
    case 'Amazon':
      return ownerId === '';
    case 'All':
      return true;
    default:
      return ownerId === wanted;
  }
}

export const listDocumentVersions: ReadOperation<ListDocumentVersionsRequest, ListDocumentVersionsResult> = {
  kind: 'read',
  owner: (_input, facts) => facts.callerAccountId,
  permissions: onNamedDocument('ssm:ListDocumentVersions'),
  handle(account, input, call) {
    const shown = named(account, { Name: input.Name }, call);
    const { versions, defaultVersion } = shown.document;
    const newestFirst = [...versions].reverse();
    const page = pageOf(newestFirst, { size: input.MaxResults ?? 50, token: input.NextToken }, ({ version }) =>
      String(1_000_000 - version).padStart(8, '0'),
    );
    return {
      DocumentVersions: page.items.map((version) => ({
        Name: shownName(shown),
        ...(version.displayName !== undefined && { DisplayName: version.displayName }),
        DocumentVersion: String(version.version),
        ...(version.versionName !== undefined && { VersionName: version.versionName }),
        CreatedDate: new Date(version.createdAt),
        IsDefaultVersion: version.version === defaultVersion,
        DocumentFormat: version.format,
        Status: 'Active',
      })),
      ...(page.token !== undefined && { NextToken: page.token }),
    };
  },
};
