/**
 * Who may start, resume and end sessions. Without a document's name the preferences are taken, and need no permission of their own unless the
 * caller's may be said under `ssm:SessionDocumentAccessCheck` alone (User Guide, "Enforce a session document permission check for the AWS
 * CLI").
 */
import type { StartSessionRequest } from '@aws-sdk/client-ssm';
import type { Call } from '../../../call.ts';
import { own } from '../../../own.ts';
import { permission } from '../../../permissions/defaults.ts';
import type { Permission, PermissionFacts } from '../../../service.ts';
import { onNode } from '../commands/permissions.ts';
import { onDocument } from '../documents/permissions.ts';
import { PREFERENCES } from './document.ts';

const checked = (isChecked: 'true' | 'false') => ({ 'ssm:SessionDocumentAccessCheck': isChecked });

/** On the instance, and on the document where one is named. */
export function startPermissions(input: StartSessionRequest, facts: PermissionFacts): readonly Permission[] {
  const { Target: target = '', DocumentName: document } = input;
  return [
    onNode('ssm:StartSession', target, facts, checked('true')),
    ...(document === undefined ? [] : [onDocument('ssm:StartSession', document, facts, checked('true'))]),
  ];
}

/** Asks for the preferences' own permission where policies allow sessions under the check only. @throws AccessDeniedException */
export function checkPreferences(input: StartSessionRequest, call: Call, callerAccountId: string): void {
  if (input.DocumentName !== undefined) return;
  const { world, caller, now, hashes, request } = call;
  const facts: PermissionFacts = { world, caller, now, hashes, region: request.region, callerAccountId };
  const unchecked = onNode('ssm:StartSession', input.Target ?? '', facts, checked('false'));
  if (call.refusal(unchecked) === undefined) return;
  const refused = call.refusal(onDocument('ssm:StartSession', PREFERENCES, facts, checked('true')));
  if (refused !== undefined) throw refused;
}

/** On a session, with who started it and where as its tags. */
export function onSession(action: string) {
  return (input: { readonly SessionId?: string | undefined }, facts: PermissionFacts): readonly Permission[] => {
    const { SessionId: id = '' } = input;
    const { region, callerAccountId } = facts;
    const session = own(own(facts.world.accounts, callerAccountId)?.ssm.sessions ?? {}, id);
    const context = session && {
      'ssm:resourceTag/aws:ssmmessages:session-id': session.userId,
      'ssm:resourceTag/aws:ssmmessages:target-id': session.instanceId,
    };
    return [
      permission(action, `arn:aws:ssm:${region}:${callerAccountId}:session/${id}`, facts, {
        ...(context && { context }),
      }),
    ];
  };
}
