/** Rows of AWS Lambda: code that runs as the role of a function. */
import type { Need, Row } from '../row.ts';

const FUNCTION = 'arn:*:lambda:*:*:function:{function}';
const services = ['lambda.amazonaws.com'];
const create: Need = { action: 'lambda:CreateFunction', on: FUNCTION };
const updateCode: Need = { action: 'lambda:UpdateFunctionCode', on: '$workload' };
const updateConfiguration: Need = { action: 'lambda:UpdateFunctionConfiguration', on: '$workload' };
const addPermission = { action: 'lambda:AddPermission', context: { 'lambda:Principal': '$self' } };

export const FUNCTION_ROWS: readonly Row[] = [
  {
    path: '36',
    title: 'A role passed to a new function, which is invoked',
    class: 'L',
    ways: [{ kind: 'pass-role', services, needs: [create, { action: 'lambda:InvokeFunction', on: FUNCTION }] }],
  },
  {
    path: '37',
    title: 'A role passed to a new function, which an event source invokes',
    class: 'L',
    ways: [
      {
        kind: 'pass-role',
        services,
        needs: [
          create,
          { action: 'lambda:CreateEventSourceMapping', on: '*', context: { 'lambda:FunctionArn': FUNCTION } },
        ],
      },
    ],
  },
  {
    path: '38',
    title: 'A role passed to a new function, whose policy lets it be invoked',
    class: 'L',
    ways: [{ kind: 'pass-role', services, needs: [create, { ...addPermission, on: FUNCTION }] }],
  },
  {
    path: '39',
    title: 'The code of a function overwritten',
    class: 'L',
    ways: [{ kind: 'take-workload', workload: 'function', needs: [updateCode] }],
  },
  {
    path: '40',
    title: 'The code of a function overwritten, and the function invoked',
    class: 'L',
    ways: [
      {
        kind: 'take-workload',
        workload: 'function',
        needs: [updateCode, { action: 'lambda:InvokeFunction', on: '$workload' }],
      },
      { kind: 'take-workload', workload: 'function', needs: [updateCode, { ...addPermission, on: '$workload' }] },
    ],
  },
  {
    path: '41',
    title: 'A layer or a role swapped in a function’s configuration',
    class: 'L',
    ways: [
      {
        kind: 'take-workload',
        workload: 'function',
        needs: [
          {
            ...updateConfiguration,
            context: { 'lambda:Layer': 'arn:*:lambda:*:999999999999:layer:layer:1' },
          },
        ],
      },
      {
        kind: 'take-workload',
        workload: 'function',
        needs: [
          { action: 'lambda:PublishLayerVersion', on: 'arn:*:lambda:*:*:layer:{layer}' },
          { ...updateConfiguration, context: { 'lambda:Layer': 'arn:*:lambda:*:*:layer:{layer}:1' } },
        ],
      },
      { kind: 'pass-role', services, workload: 'function', needs: [updateConfiguration] },
    ],
  },
  {
    path: '85',
    title: 'A function that attaches policies, misled by its input',
    class: 'L',
    ways: [
      {
        kind: 'deputy',
        workload: 'function',
        of: 'user',
        needs: [{ action: 'lambda:InvokeFunction', on: '$workload' }],
        deputyNeeds: [
          {
            action: 'iam:AttachUserPolicy',
            on: '$target',
            context: { 'iam:PolicyARN': '$policy', 'iam:PermissionsBoundary': '$boundary' },
          },
        ],
      },
      {
        kind: 'deputy',
        workload: 'function',
        of: 'role',
        needs: [{ action: 'lambda:InvokeFunction', on: '$workload' }],
        deputyNeeds: [
          {
            action: 'iam:AttachRolePolicy',
            on: '$target',
            context: { 'iam:PolicyARN': '$policy', 'iam:PermissionsBoundary': '$boundary' },
          },
        ],
      },
    ],
  },
];
