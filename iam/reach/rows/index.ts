/** The table of paths, in its order. */
import type { Row } from '../row.ts';
import { AUTOMATION_ROWS } from './automation.ts';
import { BOUNDARY_ROWS } from './boundaries.ts';
import { BUILD_AND_CONTAINER_ROWS } from './builds-and-containers.ts';
import { CREDENTIAL_ROWS } from './credentials.ts';
import { DATA_SERVICE_ROWS } from './data-services.ts';
import { FUNCTION_ROWS } from './functions.ts';
import { HOST_ROWS } from './hosts.ts';
import { POLICY_ROWS } from './policies.ts';
import { RESOURCE_ROWS } from './resources.ts';
import { TRUST_ROWS } from './trust.ts';

/** The place of a row in the table: by number, `M…` after all others. */
export function rowOrder(path: string): number {
  return path.startsWith('M') ? 1000 + Number(path.slice(1)) : Number(path);
}

export const REACH_ROWS: readonly Row[] = [
  ...CREDENTIAL_ROWS,
  ...POLICY_ROWS,
  ...BOUNDARY_ROWS,
  ...TRUST_ROWS,
  ...FUNCTION_ROWS,
  ...HOST_ROWS,
  ...AUTOMATION_ROWS,
  ...BUILD_AND_CONTAINER_ROWS,
  ...DATA_SERVICE_ROWS,
  ...RESOURCE_ROWS,
].sort((a, b) => rowOrder(a.path) - rowOrder(b.path));
