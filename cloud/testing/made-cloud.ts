/** A cloud with made-up operations beside IAM's and STS's, for tests of what drives operations. */
import { nodeHashes } from '../../server/hashes/node-hashes.ts';
import type { Cloud } from '../perform.ts';
import type { AnyOperation, Service } from '../service.ts';
import { iamService } from '../services/iam/index.ts';
import { ssmService } from '../services/ssm/index.ts';
import { stsService } from '../services/sts/index.ts';
import { countingRandom } from './counting-random.ts';

/** The operations stand in ssm, whose actions (`ssm:ListDocuments`) and wire they borrow. */
export function madeCloud(
  operations: Readonly<Record<string, AnyOperation>>,
  time?: NonNullable<Service['time']>,
): Cloud {
  const ssm: Service = {
    ...ssmService,
    operations: { ...ssmService.operations, ...operations },
    ...(time && { time }),
  };
  return {
    services: { iam: iamService, sts: stsService, ssm },
    managedPolicies: { get: () => undefined, list: () => [] },
    hashes: nodeHashes,
    random: countingRandom(),
  };
}
