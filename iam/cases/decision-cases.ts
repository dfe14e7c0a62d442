/** All cases about decisions. */
import { accountCases } from './accounts.ts';
import type { DecisionCase } from './case.ts';
import { conditionCases } from './conditions.ts';
import { contextKeyCases } from './context-keys.ts';
import { elementCases } from './elements.ts';
import { federationCases } from './federation.ts';
import { keyCases } from './keys.ts';
import { limitCases } from './limits.ts';
import { networkCases } from './networks.ts';
import { operatorCases } from './operators.ts';
import { organizationCases } from './organizations.ts';
import { principalCases } from './principals.ts';
import { resourceControlCases } from './resource-control.ts';
import { rootCases } from './root.ts';
import { s3AccessCases } from './s3-access.ts';
import { serviceCases } from './services.ts';
import { trustCases } from './trust.ts';
import { variableCases } from './variables.ts';

export const decisionCases: readonly DecisionCase[] = [
  ...accountCases,
  ...limitCases,
  ...trustCases,
  ...principalCases,
  ...elementCases,
  ...conditionCases,
  ...operatorCases,
  ...variableCases,
  ...contextKeyCases,
  ...organizationCases,
  ...resourceControlCases,
  ...networkCases,
  ...keyCases,
  ...s3AccessCases,
  ...rootCases,
  ...federationCases,
  ...serviceCases,
];
