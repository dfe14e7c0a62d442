/** The workloads: A to G one by one, and M, a mix of all. */

import { assumeRole, crossAccount, deniedByLayers } from './all-layers.ts';
import { allowedToUser, missedByUser, oneStatement } from './one-account.ts';
import type { Asking, Documents, Setting, Workload } from './workload.ts';

const MIXED = 1024;

const single: readonly Workload[] = [
  { name: 'A', title: 'one user, 5 policies × 4 statements', settings: [allowedToUser(5, 4)] },
  {
    name: 'B',
    title: 'cross-account role session, 3 SCP levels, RCP, bucket policy, boundary',
    settings: [crossAccount],
  },
  { name: 'C', title: 'explicit deny, all layers asked', settings: [deniedByLayers] },
  { name: 'D', title: 'implicit deny, 5 policies × 4 statements', settings: [missedByUser(5, 4)] },
  { name: 'E', title: 'one statement', settings: [oneStatement] },
  { name: 'F', title: 'AssumeRole with a trust policy', settings: [assumeRole] },
  { name: 'G', title: '10 policies × 20 statements', settings: [allowedToUser(10, 20), missedByUser(10, 20)] },
];

/** As many requests of each setting, one after another in another order, so that no two in a row are of one setting. */
function mix(settings: readonly Setting[]): Workload {
  const mixed: Setting[] = [];
  for (let n = 0; n < MIXED; n += 1) {
    const setting = settings[n % settings.length];
    const request = setting?.requests[(Math.floor(n / settings.length) * 7) % setting.requests.length];
    if (setting === undefined || request === undefined) throw new Error('an empty mix');
    mixed.push({ documents: setting.documents, requests: [request] });
  }
  return { name: 'M', title: `a mix of ${MIXED} requests`, settings: mixed };
}

export const workloads: readonly Workload[] = [...single, mix(single.flatMap(({ settings }) => settings))];

/** Every request of a workload with its documents, in the order in which they are asked. */
export function asked({ settings }: Workload): readonly { readonly documents: Documents; readonly request: Asking }[] {
  return settings.flatMap(({ documents, requests }) => requests.map((request) => ({ documents, request })));
}
