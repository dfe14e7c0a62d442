/** Documents as answers show them. */
import type { DocumentDescription, DocumentIdentifier, DocumentParameter } from '@aws-sdk/client-ssm';
import type { Hashes } from '../../../call.ts';
import { hexOf } from '../../../hex.ts';
import { contentOf, type ParameterDefinition } from './content.ts';
import { textOf } from './filling.ts';
import { documentArn } from './finding.ts';
import type { DocumentState, DocumentVersionState } from './state.ts';

/** A version of a document, and whose it is: empty for AWS's own. */
export interface Shown {
  readonly document: DocumentState;
  readonly version: DocumentVersionState;
  readonly ownerId: string;
  /** Of who asks: a foreign document is shown by its ARN. */
  readonly accountId: string;
  readonly region: string;
}

/** AWS's own and the account's by name, others by their ARN. */
export function shownName({ document: { name }, ownerId, accountId, region }: Omit<Shown, 'version'>): string {
  return ownerId === '' || ownerId === accountId ? name : documentArn(region, ownerId, name);
}

function ownerName({ ownerId }: Pick<Shown, 'ownerId'>): string {
  return ownerId === '' ? 'Amazon' : ownerId;
}

export function documentHash(content: string, hashes: Hashes): string {
  return hexOf(hashes.sha256(new TextEncoder().encode(content)));
}

/** Which systems it runs on: scripts of the shell are Linux's. */
function platformsOf({ document: { type } }: Shown): ('Linux' | 'MacOS' | 'Windows')[] {
  return type === 'Command' ? ['Linux', 'MacOS'] : ['Windows', 'Linux', 'MacOS'];
}

function shownParameter({ name, type, description, defaultValue }: ParameterDefinition): DocumentParameter {
  return {
    Name: name,
    // Newer types are shown by their own name, which the SDK's enumeration does not have.
    Type: type as 'String',
    ...(description !== undefined && { Description: description }),
    ...(defaultValue !== undefined && { DefaultValue: textOf(defaultValue) }),
  };
}

export function describeDocument(shown: Shown, hashes: Hashes): DocumentDescription {
  const { document, version } = shown;
  const { description, parameters, schemaVersion } = contentOf(document.type, version.content);
  return {
    Hash: documentHash(version.content, hashes),
    HashType: 'Sha256',
    Name: shownName(shown),
    ...(version.displayName !== undefined && { DisplayName: version.displayName }),
    ...(version.versionName !== undefined && { VersionName: version.versionName }),
    Owner: ownerName(shown),
    CreatedDate: new Date(version.createdAt),
    Status: 'Active',
    DocumentVersion: String(version.version),
    ...(description !== undefined && { Description: description }),
    Parameters: parameters.map(shownParameter),
    PlatformTypes: platformsOf(shown),
    DocumentType: document.type,
    SchemaVersion: schemaVersion,
    LatestVersion: String(document.versions.at(-1)?.version ?? version.version),
    DefaultVersion: String(document.defaultVersion),
    DocumentFormat: version.format,
    ...(version.targetType !== undefined && { TargetType: version.targetType }),
    Tags: document.tags.map((tag) => ({ ...tag })),
  };
}

export function identifyDocument(shown: Shown): DocumentIdentifier {
  const { document, version } = shown;
  return {
    Name: shownName(shown),
    CreatedDate: new Date(document.createdAt),
    ...(version.displayName !== undefined && { DisplayName: version.displayName }),
    Owner: ownerName(shown),
    ...(version.versionName !== undefined && { VersionName: version.versionName }),
    PlatformTypes: platformsOf(shown),
    DocumentVersion: String(version.version),
    DocumentType: document.type,
    SchemaVersion: contentOf(document.type, version.content).schemaVersion,
    DocumentFormat: version.format,
    ...(version.targetType !== undefined && { TargetType: version.targetType }),
    Tags: document.tags.map((tag) => ({ ...tag })),
  };
}
