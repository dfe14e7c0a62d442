/** `leastwise iam who-can`: who can do something to a resource, and what must hold besides. */
import { whoCan } from '../../iam/index.ts';
import { contextOf } from './context-keys.ts';
import { readEstate } from './estate.ts';
import { readLine } from './line.ts';
import { WhoCanLine } from './schemas.ts';
import type { VerbSetting } from './verbs.ts';

/** Answers lines of `who-can`. */
export function startWhoCan(_setting: VerbSetting): (line: unknown) => unknown {
  return (input) => {
    const line = readLine(WhoCanLine, input);
    const { accounts, resourcePolicies, scps, action, resource, resourceAccount, context = {} } = line;
    const estate = readEstate({
      accounts,
      ...(resourcePolicies === undefined ? {} : { resourcePolicies }),
      ...(scps === undefined ? {} : { scps }),
    });
    const principals = whoCan(estate, {
      action,
      resource,
      ...(resourceAccount === undefined ? {} : { resourceAccountId: resourceAccount }),
      context: contextOf(context),
    });
    return { principals };
  };
}
