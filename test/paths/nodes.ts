/** Managed nodes in rows: instances with the agent's permissions, and what is sent to them. */
import { expect } from 'vitest';
import { allow } from './documents.ts';
import { hostRole, launchedId, launches } from './hosts.ts';
import type { Answers, CallStep, PathStep, Who } from './row.ts';
import { accountId } from './sandbox.ts';

/** As AmazonSSMManagedInstanceCore has them. */
const agent = allow([
  'ssm:UpdateInstanceInformation',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
]);

/** A node of a name, tagged `env`, whose role may do what the statements say besides. */
export function node(name: string, env: string, ...statements: readonly object[]): readonly CallStep[] {
  return [
    ...hostRole(name, agent, ...statements),
    launches(name, {
      IamInstanceProfile: { Name: name },
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'env', Value: env }] }],
    }),
  ];
}

/** A script sent as a command, which ends well. */
export function sendsCommand(to: string, script: string, as: Who): readonly PathStep[] {
  const key = `command to ${to}`;
  return [
    {
      call: 'ssm:SendCommand',
      as,
      name: key,
      with: (answers) => ({
        DocumentName: 'AWS-RunShellScript',
        InstanceIds: [launchedId(answers, to)],
        Parameters: { commands: script.split('\n') },
      }),
    },
    { wait: { seconds: 1 } },
    {
      call: 'ssm:GetCommandInvocation',
      as,
      with: (answers) => ({ CommandId: answers[key].Command.CommandId, InstanceId: launchedId(answers, to) }),
      shows: ({ Status, StandardErrorContent }) => expect(Status, StandardErrorContent).toBe('Success'),
    },
  ];
}

/** A script typed into a session, which ends well. */
export function typesIntoSession(on: string, script: string, as: Who): readonly PathStep[] {
  const key = `session on ${on}`;
  const input = (answers: Answers, Input: string) => ({
    AccountId: accountId,
    SessionId: answers[key].SessionId,
    Token: answers[key].TokenValue,
    Input,
  });
  return [
    { call: 'ssm:StartSession', as, name: key, with: (answers) => ({ Target: launchedId(answers, on) }) },
    {
      call: 'ssm:OpenDataChannel',
      as,
      with: (answers) => input(answers, script),
      shows: ({ exitCode, stderr }) => expect(exitCode, stderr).toBe(0),
    },
    { call: 'ssm:OpenDataChannel', as, with: (answers) => input(answers, 'exit') },
  ];
}
