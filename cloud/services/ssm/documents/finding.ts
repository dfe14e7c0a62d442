/** Documents by what requests call them: a name of one's own or of AWS's, or the ARN of one that another account shares. */
import { own } from '../../../own.ts';
import type { World } from '../../../world.ts';
import { awsDocuments } from './aws-owned.ts';
import { noSuchDocument, noSuchVersion } from './errors.ts';
import type { DocumentState, DocumentVersionState } from './state.ts';

/** A document, and whose it is. */
export interface FoundDocument {
  readonly document: DocumentState;
  /** Empty: AWS's own. */
  readonly ownerId: string;
  readonly arn: string;
}

/** Who looks for it, and where. */
export interface Viewpoint {
  readonly world: World;
  readonly accountId: string;
  readonly region: string;
}

export function documentKey(region: string, name: string): string {
  return `${region} ${name}`;
}

/** Documents of AWS's own name no account. */
export function documentArn(region: string, ownerId: string, name: string): string {
  return `arn:aws:ssm:${region}:${ownerId}:document/${name}`;
}

/** What a request names, taken apart: the owner is absent where it says a name alone. */
export function readDocumentName(text: string): {
  readonly name: string;
  readonly ownerId?: string;
  readonly region?: string;
} {
  const [, region, ownerId, name] =
    /^arn:aws[\w-]*:ssm:([\w-]*):(\d{12}|):(?:document|automation-definition)\/([^:]+)(?::.*)?$/.exec(text) ?? [];
  if (region === undefined || ownerId === undefined || name === undefined) return { name: text };
  return { name, ownerId, region };
}

/** The document, whether or not it is shared with who asks. */
export function lookUpDocument(text: string, { world, accountId, region }: Viewpoint): FoundDocument | undefined {
  const named = readDocumentName(text);
  if (named.region !== undefined && named.region !== region) return undefined;
  const ownerId = named.ownerId ?? (awsDocuments.has(named.name) ? '' : accountId);
  const document =
    ownerId === ''
      ? awsDocuments.get(named.name)
      : own(own(world.accounts, ownerId)?.ssm.documents ?? {}, documentKey(region, named.name));
  return document && { document, ownerId, arn: documentArn(region, ownerId, named.name) };
}

function isSharedWith({ document: { sharedWith }, ownerId }: FoundDocument, accountId: string): boolean {
  return ownerId === accountId || sharedWith.some((account) => account === accountId || account === 'all');
}

/** @throws InvalidDocument where there is none, or none that is shared with who asks */
export function documentNamed(text: string, from: Viewpoint): FoundDocument {
  const found = lookUpDocument(text, from);
  if (found === undefined || !isSharedWith(found, from.accountId)) throw noSuchDocument(text);
  return found;
}

/** The version that a request means by number, `$LATEST`, `$DEFAULT` or name; the default one where it says nothing. @throws InvalidDocumentVersion */
export function versionOf(
  { name, versions, defaultVersion }: DocumentState,
  wanted: { readonly DocumentVersion?: string | undefined; readonly VersionName?: string | undefined },
): DocumentVersionState {
  const { DocumentVersion = '$DEFAULT', VersionName } = wanted;
  const number = DocumentVersion === '$DEFAULT' ? defaultVersion : Number(DocumentVersion);
  const found =
    VersionName !== undefined && wanted.DocumentVersion === undefined
      ? versions.find(({ versionName }) => versionName === VersionName)
      : DocumentVersion === '$LATEST'
        ? versions.at(-1)
        : versions.find(({ version }) => version === number);
  if (found === undefined || (VersionName !== undefined && found.versionName !== VersionName)) {
    throw noSuchVersion(VersionName ?? DocumentVersion, name);
  }
  return found;
}
