import { expect } from 'vitest';
import { allow, role, roleArn, trusts, user, userPolicy, when } from '../documents.ts';
import type { CallStep, PathRow, PathStep, Who } from '../row.ts';

const toSsm = trusts({ Service: 'ssm.amazonaws.com' });
const runs = allow(['ssm:CreateDocument', 'ssm:StartAutomationExecution', 'ssm:GetAutomationExecution']);
const toAutomation = when('StringEquals', 'iam:PassedToService', 'ssm.amazonaws.com');

const runbook = (assumeRole: string, ...mainSteps: readonly object[]) =>
  JSON.stringify({ schemaVersion: '0.3', assumeRole, mainSteps });

function creates(Name: string, Content: string, as: Who): CallStep {
  return { call: 'ssm:CreateDocument', with: { Name, Content, DocumentType: 'Automation' }, as };
}

function starts(DocumentName: string, as: Who): CallStep {
  return { call: 'ssm:StartAutomationExecution', with: { DocumentName, DocumentVersion: '1' }, as, name: DocumentName };
}

const goesOn: PathStep = { wait: { seconds: 1 } };

function ends(name: string, as: Who): CallStep {
  return {
    call: 'ssm:GetAutomationExecution',
    as,
    with: (answers) => ({ AutomationExecutionId: answers[name].AutomationExecutionId }),
    shows: ({ AutomationExecution: execution }) => {
      expect(execution.AutomationExecutionStatus, execution.FailureMessage).toBe('Success');
    },
  };
}

const grants = {
  name: 'grant',
  action: 'aws:executeAwsApi',
  inputs: {
    Service: 'iam',
    Api: 'AttachUserPolicy',
    UserName: 'Eve',
    PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
  },
};
const lists = { name: 'list', action: 'aws:executeAwsApi', inputs: { Service: 's3', Api: 'ListBuckets' } };

export const row: PathRow = {
  row: '52',
  title: 'A role passed to a runbook, whose steps call what it may',
  given: [
    ...role('Admin', toSsm, allow('*')),
    ...role('Worker', toSsm, allow('s3:ListAllMyBuckets')),
    ...user('Eve', runs, allow('iam:PassRole')),
  ],
  attacker: 'user/Eve',
  attack: [
    creates('Grant', runbook(roleArn('Admin'), grants), 'user/Eve'),
    starts('Grant', 'user/Eve'),
    goesOn,
    ends('Grant', 'user/Eve'),
  ],
  gain: { call: 'iam:CreateUser', with: { UserName: 'Mole' } },
  fixes: [
    {
      what: 'PassRole of the named role, to Systems Manager',
      steps: [userPolicy('Eve', runs, allow('iam:PassRole', roleArn('Worker'), toAutomation))],
      stops: 'ssm:StartAutomationExecution',
    },
    {
      what: 'a role that trusts another service only',
      steps: [
        {
          call: 'iam:UpdateAssumeRolePolicy',
          with: { RoleName: 'Admin', PolicyDocument: trusts({ Service: 'ec2.amazonaws.com' }) },
        },
      ],
      stops: 'ssm:StartAutomationExecution',
      by: 'InvalidAutomationExecutionParametersException',
    },
  ],
  work: [
    creates('Report', runbook(roleArn('Worker'), lists), 'user/Eve'),
    starts('Report', 'user/Eve'),
    goesOn,
    ends('Report', 'user/Eve'),
    { call: 'ssm:DeleteDocument', with: { Name: 'Report' } },
  ],
};
