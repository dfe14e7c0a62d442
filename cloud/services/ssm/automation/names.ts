/** Automation as a principal, and the ARNs of its executions. */

export const AUTOMATION = 'ssm.amazonaws.com';

export function executionArn(region: string, accountId: string, id: string): string {
  return `arn:aws:ssm:${region}:${accountId}:automation-execution/${id}`;
}
