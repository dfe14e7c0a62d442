/** `leastwise iam who-can`: who can do something to a resource, and what must hold besides. */
import { type AttachedPolicy, whoCan } from '../../iam/index.ts';
import { readBeside } from './beside-policies.ts';
import { contextOf } from './context-keys.ts';
import { readSavedDocuments } from './documents.ts';
import { readEstate } from './estate.ts';
import { readLine } from './line.ts';
import { WhoCanLine } from './schemas.ts';
import type { VerbSetting } from './verbs.ts';

/** Answers lines of `who-can`. */
export function startWhoCan(_setting: VerbSetting): (line: unknown) => unknown {
  return (input) => {
    const line = readLine(WhoCanLine, input);
    const { action, resource, resourceAccount, context = {}, endpoint = [] } = line;
    const principals = whoCan(readEstate(line), {
      action,
      resource,
      ...(resourceAccount === undefined ? {} : { resourceAccountId: resourceAccount }),
      context: contextOf(context),
      beside: {
        ...readBeside(line, resource),
        // An endpoint without a policy of its own lets everything pass.
        ...(endpoint.length === 0 ? {} : { vpcEndpoint: readEndpoint(endpoint) }),
      },
    });
    return { principals };
  };
}

function readEndpoint(documents: NonNullable<WhoCanLine['endpoint']>): readonly AttachedPolicy[] {
  return readSavedDocuments(documents, 'resource', '/endpoint').map((policy, at) => ({
    layer: 'vpc-endpoint',
    name: `endpoint ${at}`,
    kind: 'resource',
    attachedTo: 'the request',
    policy,
  }));
}
