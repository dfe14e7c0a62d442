/** CreateDocument, UpdateDocument, UpdateDocumentDefaultVersion, DeleteDocument. */
import type {
  CreateDocumentRequest,
  CreateDocumentResult,
  DeleteDocumentRequest,
  UpdateDocumentDefaultVersionRequest,
  UpdateDocumentDefaultVersionResult,
  UpdateDocumentRequest,
  UpdateDocumentResult,
} from '@aws-sdk/client-ssm';
import type { AccountDraft, Call, Draft } from '../../../call.ts';
import { own } from '../../../own.ts';
import type { ChangeOperation } from '../../../service.ts';
import { checkAutomation } from '../automation/runbook.ts';
import { checkCommand } from '../commands/steps.ts';
import { validationException } from '../errors.ts';
import { ssmLimits } from '../limits.ts';
import { checkSessionDocument } from '../sessions/document.ts';
import { checkTags } from '../tags.ts';
import { awsDocuments } from './aws-owned.ts';
import { readContent } from './content.ts';
import { documentFailure, invalidContent, invalidOperation, noSuchDocument, noSuchVersion } from './errors.ts';
import { documentKey, readDocumentName, versionOf } from './finding.ts';
import { onNamedDocument, onNewDocument } from './permissions.ts';
import { describeDocument } from './shape.ts';
import type { DocumentState, DocumentType, DocumentVersionState } from './state.ts';

const offered: readonly string[] = ['Command', 'Automation', 'Session'];
/** Prefixes that AWS keeps for itself (API Reference, CreateDocument). */
const reserved = /^(?:aws|amazon|amzn|AWSEC2|AWSConfigRemediation|AWSSupport)/i;

/** @throws InvalidDocumentContent, InvalidDocumentSchemaVersion, MaxDocumentSizeExceeded */
function checkContent(type: DocumentType, content: string, format: string): void {
  if (new TextEncoder().encode(content).length > ssmLimits.documentBytes) {
    throw documentFailure('MaxDocumentSizeExceeded', 'The size limit of a document is 64 KB.');
  }
  if (format === 'JSON' && !isJson(content)) throw invalidContent('JSON not well-formed.');
  const read = readContent(type, content);
  if (type === 'Command') checkCommand(read);
  else if (type === 'Automation') checkAutomation(read);
  else checkSessionDocument(read);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** @throws ValidationException for what is no format here */
function formatOf(format: string | undefined): 'JSON' | 'YAML' {
  if (format === undefined || format === 'JSON') return 'JSON';
  if (format === 'YAML') return 'YAML';
  throw validationException(`The document format ${format} is not supported for this type of document.`);
}

function isDocumentType(type: string): type is DocumentType {
  return offered.includes(type);
}

export const createDocument: ChangeOperation<CreateDocumentRequest, CreateDocumentResult> = {
  kind: 'change',
  permissions: onNewDocument,
  handle(account, input, call) {
    const { Name: name = '', Content: content = '', DocumentType: type = 'Command' } = input;
    const { region } = call.request;
    if (!isDocumentType(type)) {
      throw validationException(`Documents of type ${type} are not offered here: ${offered.join(', ')} are.`);
    }
    if ((input.Attachments ?? []).length > 0 || (input.Requires ?? []).length > 0) {
      throw validationException('Attachments and required documents are not offered here.');
    }
    if (reserved.test(name)) {
      throw validationException(`The name ${name} begins with a prefix that is reserved for AWS.`);
    }
    const { documents } = account.ssm;
    if (own(documents, documentKey(region, name)) !== undefined) {
      throw documentFailure('DocumentAlreadyExists', 'The specified document already exists.');
    }
    if (Object.keys(documents).length >= ssmLimits.documentsPerAccount) {
      throw documentFailure('DocumentLimitExceeded', 'You have reached the limit of documents of this account.');
    }
    const format = formatOf(input.DocumentFormat);
    checkContent(type, content, format);
    const document: DocumentState = {
      name,
      region,
      type,
      createdAt: call.now,
      defaultVersion: 1,
      lastVersion: 1,
      tags: checkTags(input.Tags ?? [], []),
      sharedWith: [],
      versions: [versionFrom(input, 1, format, call.now)],
    };
    documents[documentKey(region, name)] = document as Draft<DocumentState>;
    checkRoom(account);
    return { DocumentDescription: shown(document, 1, account.id, call) };
  },
};

function versionFrom(
  input: Pick<UpdateDocumentRequest, 'Content' | 'VersionName' | 'DisplayName' | 'TargetType'>,
  version: number,
  format: 'JSON' | 'YAML',
  createdAt: number,
): DocumentVersionState {
  const { Content: content = '', VersionName: versionName, DisplayName: displayName, TargetType: targetType } = input;
  return {
    version,
    ...(versionName !== undefined && { versionName }),
    ...(displayName !== undefined && { displayName }),
    ...(targetType !== undefined && { targetType }),
    content,
    format,
    createdAt,
  };
}

/** @throws DocumentLimitExceeded where documents take more room than an account has */
function checkRoom(account: AccountDraft): void {
  let characters = 0;
  for (const { versions } of Object.values(account.ssm.documents)) {
    for (const { content } of versions) characters += content.length;
  }
  if (characters > ssmLimits.documentCharactersPerAccount) {
    throw documentFailure('DocumentLimitExceeded', 'The documents of this account take too much room.');
  }
}

function shown(document: DocumentState, number: number, accountId: string, call: Call) {
  const version = versionOf(document, { DocumentVersion: String(number) });
  const { region } = call.request;
  return describeDocument({ document, version, ownerId: accountId, accountId, region }, call.hashes);
}

/** A document of the account's own, to be changed. @throws InvalidDocument, InvalidDocumentOperation for one of AWS's own */
export function ownDocument(account: AccountDraft, text: string, region: string): Draft<DocumentState> {
  const { name, ownerId = account.id } = readDocumentName(text);
  const document = ownerId === account.id ? own(account.ssm.documents, documentKey(region, name)) : undefined;
  if (document !== undefined) return document;
  if (awsDocuments.has(name)) throw invalidOperation(`The document ${name} is owned by AWS and cannot be changed.`);
  throw noSuchDocument(text);
}

export const updateDocument: ChangeOperation<UpdateDocumentRequest, UpdateDocumentResult> = {
  kind: 'change',
  permissions: onNamedDocument('ssm:UpdateDocument'),
  handle(account, input, call) {
    const { Name: name = '', Content: content = '' } = input;
    const document = ownDocument(account, name, call.request.region);
    const latest = versionOf(document, { DocumentVersion: '$LATEST' });
    const wanted = input.DocumentVersion ?? '$LATEST';
    if (wanted !== '$LATEST' && wanted !== String(latest.version)) {
      versionOf(document, { DocumentVersion: wanted });
      throw documentFailure(
        'InvalidDocument',
        'The document version is not the latest one. Only the latest version can be updated.',
      );
    }
    const format = formatOf(input.DocumentFormat ?? latest.format);
    checkContent(document.type, content, format);
    if (document.versions.some((version) => version.content === content && version.format === format)) {
      throw documentFailure(
        'DuplicateDocumentContent',
        'The content of the document is the same as that of another version. Change it and try again.',
      );
    }
    if (input.VersionName !== undefined && document.versions.some((each) => each.versionName === input.VersionName)) {
      throw documentFailure(
        'DuplicateDocumentVersionName',
        'The version name has already been used in this document. Specify a different version name, and then try again.',
      );
    }
    if (document.versions.length >= ssmLimits.versionsPerDocument) {
      throw documentFailure(
        'DocumentVersionLimitExceeded',
        'The document has too many versions. Delete one or more document versions and try again.',
      );
    }
    const number = document.lastVersion + 1;
    const TargetType = input.TargetType ?? latest.targetType;
    document.versions.push(versionFrom({ ...input, TargetType }, number, format, call.now));
    document.lastVersion = number;
    checkRoom(account);
    return { DocumentDescription: shown(document, number, account.id, call) };
  },
};

export const updateDocumentDefaultVersion: ChangeOperation<
  UpdateDocumentDefaultVersionRequest,
  UpdateDocumentDefaultVersionResult
> = {
  kind: 'change',
  permissions: onNamedDocument('ssm:UpdateDocumentDefaultVersion'),
  handle(account, input, call) {
    const { Name: name = '', DocumentVersion } = input;
    const document = ownDocument(account, name, call.request.region);
    const { version, versionName } = versionOf(document, { DocumentVersion });
    document.defaultVersion = version;
    return {
      Description: {
        Name: document.name,
        DefaultVersion: String(version),
        ...(versionName !== undefined && { DefaultVersionName: versionName }),
      },
    };
  },
};

/** A document, or one version of it that is not the default. One that is shared stays. */
export const deleteDocument: ChangeOperation<DeleteDocumentRequest, Record<string, never>> = {
  kind: 'change',
  permissions: onNamedDocument('ssm:DeleteDocument'),
  handle(account, input, call) {
    const { Name: name = '', DocumentVersion, VersionName } = input;
    const { region } = call.request;
    const document = ownDocument(account, name, region);
    if (DocumentVersion === undefined && VersionName === undefined) {
      if (document.sharedWith.length > 0) {
        throw invalidOperation(
          'You attempted to delete a document while it is still shared. You must stop sharing the document before you can delete it.',
        );
      }
      delete account.ssm.documents[documentKey(region, document.name)];
      return {};
    }
    const { version } = versionOf(document, { DocumentVersion, VersionName });
    if (version === document.defaultVersion) {
      throw noSuchVersion(`${version}, which is the default version and cannot be deleted,`, document.name);
    }
    document.versions = document.versions.filter((each) => each.version !== version);
    return {};
  },
};
