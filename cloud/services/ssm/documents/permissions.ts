/** The permissions on documents (Service Authorization Reference, "AWS Systems Manager"). */
import { permission } from '../../../permissions/defaults.ts';
import { requestTagContext } from '../../../permissions/input-tags.ts';
import type { Permission, PermissionFacts } from '../../../service.ts';
import { tagKeys } from '../permissions.ts';
import { documentArn, lookUpDocument, readDocumentName } from './finding.ts';

type Context = Permission['context'];

/** One permission on a document, with its tags and `ssm:DocumentType`. */
export function onDocument(action: string, text: string, facts: PermissionFacts, context: Context = {}): Permission {
  const { region, callerAccountId: accountId, world } = facts;
  const found = lookUpDocument(text, { world, accountId, region });
  const named = readDocumentName(text);
  const ownerId = found?.ownerId ?? named.ownerId ?? accountId;
  return permission(action, documentArn(named.region ?? region, ownerId, named.name), facts, {
    ...(ownerId !== '' && { owner: ownerId }),
    context: {
      ...(found && { ...tagKeys(found.document.tags), 'ssm:DocumentType': found.document.type }),
      ...context,
    },
  });
}

/** The rule of an operation on one document that the input names. */
export function onNamedDocument<Input extends { readonly Name?: string | undefined }>(action: string) {
  return (input: Input, facts: PermissionFacts): readonly Permission[] => [onDocument(action, input.Name ?? '', facts)];
}

/** CreateDocument: with tags also `ssm:AddTagsToResource`. */
export function onNewDocument(
  input: { readonly Name?: string | undefined; readonly DocumentType?: string | undefined; readonly Tags?: unknown },
  facts: PermissionFacts,
): readonly Permission[] {
  const { Name = '', DocumentType = 'Command' } = input;
  const tags = requestTagContext({ Tags: input.Tags });
  const resource = documentArn(facts.region, facts.callerAccountId, Name);
  const context = { 'ssm:DocumentType': DocumentType, ...tags };
  return [
    permission('ssm:CreateDocument', resource, facts, { context }),
    ...(Object.keys(tags).length > 0 ? [permission('ssm:AddTagsToResource', resource, facts, { context: tags })] : []),
  ];
}
