/** Runbooks for tests: made, started, read. */
import type { Output, Sandbox } from '../../../testing/sandbox.ts';

interface Runbook {
  readonly mainSteps: readonly object[];
  readonly [more: string]: unknown;
}

/** A document of the type Automation. */
export function createRunbook(sandbox: Sandbox, document: Runbook, Name = 'Runbook'): void {
  const Content = JSON.stringify({ schemaVersion: '0.3', ...document });
  sandbox.call('ssm:CreateDocument', { Name, Content, DocumentType: 'Automation' });
}

/** Its id. */
export function startRunbook(sandbox: Sandbox, more: object = {}, caller?: Parameters<Sandbox['call']>[2]): string {
  const input = { DocumentName: 'Runbook', ...more };
  return sandbox.call('ssm:StartAutomationExecution', input, caller).AutomationExecutionId;
}

export function execution(sandbox: Sandbox, AutomationExecutionId: string): Output {
  return sandbox.call('ssm:GetAutomationExecution', { AutomationExecutionId }).AutomationExecution;
}

/** A step that calls an operation. */
export function apiStep(name: string, Service: string, Api: string, inputs: object = {}, more: object = {}): object {
  return { name, action: 'aws:executeAwsApi', inputs: { Service, Api, ...inputs }, ...more };
}
