/** AWS Systems Manager, as far as lessons reach: parameters, documents, managed nodes, commands, sessions, runbooks. */
import type { AnyOperation, Service } from '../../service.ts';
import { ssmModel } from '../../wire/models.ts';
import {
  describeAutomationExecutions,
  describeAutomationStepExecutions,
  getAutomationExecution,
} from './automation/reading.ts';
import { startAutomationExecution, stopAutomationExecution } from './automation/starting.ts';
import { ssmTime } from './clock.ts';
import { getCommandInvocation, listCommandInvocations, listCommands } from './commands/reading.ts';
import { cancelCommand, sendCommand } from './commands/sending.ts';
import { deleteParameter, deleteParameters } from './deleting.ts';
import { describeParameters } from './describing.ts';
import { createDocument, deleteDocument, updateDocument, updateDocumentDefaultVersion } from './documents/changing.ts';
import { describeDocumentOperation, getDocument, listDocuments, listDocumentVersions } from './documents/reading.ts';
import { describeDocumentPermission, modifyDocumentPermission } from './documents/sharing.ts';
import { labelParameterVersion, unlabelParameterVersion } from './labels.ts';
import { describeInstanceInformation, getConnectionStatus } from './nodes/describing.ts';
import { putParameter } from './putting.ts';
import { getParameter, getParameterHistory, getParameters, getParametersByPath } from './reading.ts';
import { describeSessions } from './sessions/describing.ts';
import { resumeSession, startSession, terminateSession } from './sessions/starting.ts';
import { openDataChannel } from './sessions/stream.ts';
import { addTagsToResource, listTagsForResource, removeTagsFromResource } from './tags.ts';

const parameters: Readonly<Record<string, AnyOperation>> = {
  DeleteParameter: deleteParameter,
  DeleteParameters: deleteParameters,
  DescribeParameters: describeParameters,
  GetParameter: getParameter,
  GetParameterHistory: getParameterHistory,
  GetParameters: getParameters,
  GetParametersByPath: getParametersByPath,
  LabelParameterVersion: labelParameterVersion,
  PutParameter: putParameter,
  UnlabelParameterVersion: unlabelParameterVersion,
};

const documents: Readonly<Record<string, AnyOperation>> = {
  CreateDocument: createDocument,
  DeleteDocument: deleteDocument,
  DescribeDocument: describeDocumentOperation,
  DescribeDocumentPermission: describeDocumentPermission,
  GetDocument: getDocument,
  ListDocumentVersions: listDocumentVersions,
  ListDocuments: listDocuments,
  ModifyDocumentPermission: modifyDocumentPermission,
  UpdateDocument: updateDocument,
  UpdateDocumentDefaultVersion: updateDocumentDefaultVersion,
};

const nodes: Readonly<Record<string, AnyOperation>> = {
  CancelCommand: cancelCommand,
  DescribeInstanceInformation: describeInstanceInformation,
  DescribeSessions: describeSessions,
  GetCommandInvocation: getCommandInvocation,
  GetConnectionStatus: getConnectionStatus,
  ListCommandInvocations: listCommandInvocations,
  ListCommands: listCommands,
  OpenDataChannel: openDataChannel,
  ResumeSession: resumeSession,
  SendCommand: sendCommand,
  StartSession: startSession,
  TerminateSession: terminateSession,
};

const runbooks: Readonly<Record<string, AnyOperation>> = {
  DescribeAutomationExecutions: describeAutomationExecutions,
  DescribeAutomationStepExecutions: describeAutomationStepExecutions,
  GetAutomationExecution: getAutomationExecution,
  StartAutomationExecution: startAutomationExecution,
  StopAutomationExecution: stopAutomationExecution,
};

export const ssmService: Service = {
  name: 'ssm',
  model: ssmModel,
  time: ssmTime,
  operations: {
    ...parameters,
    ...documents,
    ...nodes,
    ...runbooks,
    AddTagsToResource: addTagsToResource,
    ListTagsForResource: listTagsForResource,
    RemoveTagsFromResource: removeTagsFromResource,
  },
};
