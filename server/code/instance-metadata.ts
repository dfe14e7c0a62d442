/** The metadata service as hosts reach it: what it makes, credentials of a role, is a change of the sandbox like another. */
import { answerMetadata, type MetadataAnswer } from '../../cloud/metadata/answer.ts';
import type { Cloud } from '../../cloud/perform.ts';
import type { Sandboxes } from '../sandboxes/sandbox.ts';
import type { HostNetwork } from './host-requests.ts';

export function instanceMetadata(cloud: Cloud, sandboxes: () => Pick<Sandboxes, 'get'>): HostNetwork['metadata'] {
  return async (request, host, sandboxId) => {
    const sandbox = await sandboxes().get(sandboxId);
    if (sandbox === undefined) return { kind: 'unreachable' };
    const ask = (world: typeof sandbox.world): MetadataAnswer =>
      answerMetadata(cloud, world, host, request, { realNow: Date.now() });
    let answer = ask(sandbox.world);
    // Most requests make nothing: they wait for nobody.
    if (answer.assumed === undefined) return answer.response;
    // biome-ignore lint/correctness/useYield: EC2 is done in one step
    await sandbox.serve('instance-metadata', function* (world) {
      answer = ask(world);
      const { patches, assumed } = answer;
      const inner = assumed === undefined ? [] : [{ ...assumed.performed, request: assumed.request }];
      return { world: answer.world, patches, newBlobs: new Map(), inner };
    });
    return answer.response;
  };
}
