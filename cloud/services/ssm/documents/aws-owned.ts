/**
 * Documents that AWS owns and every account finds in every region: those that lessons need, written anew to what the Systems Manager
 * reference says that each does and takes.
 */
import type { JsonMap } from './content.ts';
import type { DocumentState, DocumentType } from './state.ts';

/** When AWS published them, here. */
const published = Date.UTC(2024, 0, 15);

function owned(name: string, type: DocumentType, content: JsonMap): DocumentState {
  const version = {
    version: 1,
    content: JSON.stringify(content, null, 2),
    format: 'JSON',
    createdAt: published,
    ...(type === 'Session' ? {} : { targetType: type === 'Command' ? '/' : '/AWS::EC2::Instance' }),
  } as const;
  return {
    name,
    region: '',
    type,
    createdAt: published,
    defaultVersion: 1,
    lastVersion: 1,
    tags: [],
    sharedWith: ['all'],
    versions: [version],
  };
}

const assumeRole = {
  type: 'AWS::IAM::Role::Arn',
  description: 'The role that Automation acts as. Without one it acts as the user who started it.',
  default: '',
};
const instanceIds = { type: 'StringList', description: 'The instances.' };

/** Brings instances into a state, one step after the other. */
function stateRunbook(name: string, description: string, steps: readonly (readonly [step: string, state: string])[]) {
  return owned(name, 'Automation', {
    schemaVersion: '0.3',
    description,
    assumeRole: '{{ AutomationAssumeRole }}',
    parameters: { InstanceId: instanceIds, AutomationAssumeRole: assumeRole },
    mainSteps: steps.map(([step, state]) => ({
      name: step,
      action: 'aws:changeInstanceState',
      inputs: { InstanceIds: '{{ InstanceId }}', DesiredState: state },
    })),
  });
}

const documents: readonly DocumentState[] = [
  owned('AWS-RunShellScript', 'Command', {
    schemaVersion: '1.2',
    description: 'Run a shell script or specify the commands to run.',
    parameters: {
      commands: { type: 'StringList', description: '(Required) The commands of the script.' },
      workingDirectory: { type: 'String', default: '', description: '(Optional) Where the script starts.' },
      executionTimeout: {
        type: 'String',
        default: '3600',
        description: '(Optional) The seconds that the script may take.',
        allowedPattern: '([1-9][0-9]{0,4})|(1[0-6][0-9]{4})|(17[0-1][0-9]{3})|(172[0-7][0-9]{2})|(172800)',
      },
    },
    runtimeConfig: {
      'aws:runShellScript': {
        properties: [
          {
            id: '0.aws:runShellScript',
            runCommand: '{{ commands }}',
            workingDirectory: '{{ workingDirectory }}',
            timeoutSeconds: '{{ executionTimeout }}',
          },
        ],
      },
    },
  }),
  owned('AWS-StartInteractiveCommand', 'Session', {
    schemaVersion: '1.0',
    description: 'Run a command in a session, interactively.',
    sessionType: 'InteractiveCommands',
    parameters: { command: { type: 'StringList', description: '(Required) The command.' } },
    properties: { linux: { commands: '{{ command }}', runAsElevated: false } },
  }),
  owned('AWS-StartNonInteractiveCommand', 'Session', {
    schemaVersion: '1.0',
    description: 'Run a command in a session, and end it.',
    sessionType: 'NonInteractiveCommands',
    parameters: { command: { type: 'StringList', description: '(Required) The command.' } },
    properties: { linux: { commands: '{{ command }}', runAsElevated: false } },
  }),
  stateRunbook('AWS-RestartEC2Instance', 'Restart EC2 instances', [
    ['stopInstances', 'stopped'],
    ['startInstances', 'running'],
  ]),
  stateRunbook('AWS-StartEC2Instance', 'Start EC2 instances', [['startInstances', 'running']]),
  stateRunbook('AWS-StopEC2Instance', 'Stop EC2 instances', [['stopInstances', 'stopped']]),
  stateRunbook('AWS-TerminateEC2Instance', 'Terminate EC2 instances', [['terminateInstances', 'terminated']]),
];

/** By name. */
export const awsDocuments: ReadonlyMap<string, DocumentState> = new Map(
  documents.map((document) => [document.name, document]),
);
