/** DescribeDocumentPermission and ModifyDocumentPermission: which accounts may use a document (User Guide, "Sharing SSM documents"). */
import type {
  DescribeDocumentPermissionRequest,
  DescribeDocumentPermissionResponse,
  ModifyDocumentPermissionRequest,
} from '@aws-sdk/client-ssm';
import { own } from '../../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../../service.ts';
import { validationException } from '../errors.ts';
import { pageOf } from '../pages.ts';
import { ownDocument } from './changing.ts';
import { documentFailure, noSuchDocument } from './errors.ts';
import { documentKey } from './finding.ts';
import { onNamedDocument } from './permissions.ts';

/** AWS's own: accounts of one request. */
const atOnce = 20;
/** AWS's own: accounts that a document is shared with. */
const mostAccounts = 1000;

export const modifyDocumentPermission: ChangeOperation<ModifyDocumentPermissionRequest, Record<string, never>> = {
  kind: 'change',
  permissions: onNamedDocument('ssm:ModifyDocumentPermission'),
  handle(account, input, call) {
    const document = ownDocument(account, input.Name ?? '', call.request.region);
    const { AccountIdsToAdd: added = [], AccountIdsToRemove: removed = [] } = input;
    if (added.length + removed.length === 0) {
      throw validationException('Name at least one account to share the document with, or to stop sharing it with.');
    }
    const lower = (accounts: readonly string[]) => accounts.map((each) => each.toLowerCase());
    const without = new Set(lower(removed));
    const shared = [...new Set([...document.sharedWith, ...lower(added)])].filter((each) => !without.has(each));
    if (shared.includes('all') && shared.length > 1) {
      throw documentFailure(
        'DocumentPermissionLimit',
        'A document is shared either with everyone or with single accounts.',
      );
    }
    if (added.length > atOnce || shared.length > mostAccounts) {
      throw documentFailure('DocumentPermissionLimit', "The document can't be shared with more AWS accounts.");
    }
    document.sharedWith = shared;
    return {};
  },
};

export const describeDocumentPermission: ReadOperation<
  DescribeDocumentPermissionRequest,
  DescribeDocumentPermissionResponse
> = {
  kind: 'read',
  permissions: onNamedDocument('ssm:DescribeDocumentPermission'),
  handle(account, input, call) {
    const { Name: name = '' } = input;
    const document = own(account.ssm.documents, documentKey(call.request.region, name));
    if (document === undefined) throw noSuchDocument(name);
    const sorted = [...document.sharedWith].sort();
    const page = pageOf(sorted, { size: input.MaxResults ?? 200, token: input.NextToken }, (id) => id);
    return {
      AccountIds: [...page.items],
      AccountSharingInfoList: page.items.map((AccountId) => ({ AccountId, SharedDocumentVersion: '$DEFAULT' })),
      ...(page.token !== undefined && { NextToken: page.token }),
    };
  },
};
