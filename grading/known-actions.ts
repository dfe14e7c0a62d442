/** The actions of the sandbox's services with their resource types and condition keys, for analysis. */
import iam from '../iam/generated/actions/iam.json' with { type: 'json' };
import s3 from '../iam/generated/actions/s3.json' with { type: 'json' };
import ssm from '../iam/generated/actions/ssm.json' with { type: 'json' };
import sts from '../iam/generated/actions/sts.json' with { type: 'json' };
import { type KnownActions, readServiceActions, type ServiceData } from '../iam/index.ts';

export type { KnownActions } from '../iam/index.ts';

let read: KnownActions | undefined;

/** Read once, when it is first asked for. */
export function knownActions(): KnownActions {
  // The compiler widens the rows of a JSON file to unions that are no tuples.
  read ??= new Map(
    [iam, s3, ssm, sts].map((data) => [data.service, readServiceActions(data as unknown as ServiceData)] as const),
  );
  return read;
}
