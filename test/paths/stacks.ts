/** Templates, and the roles and stacks of rows about CloudFormation. */
import { policy, trusts } from './documents.ts';
import { accountId } from './sandbox.ts';

export const toCloudFormation = trusts({ Service: 'cloudformation.amazonaws.com' });

export const stackArn = (name: string) => `arn:aws:cloudformation:us-east-1:${accountId}:stack/${name}/*`;

export const withIam = { Capabilities: ['CAPABILITY_NAMED_IAM'] };

/** A queue, and what else there is to be. */
export function template(resources: object = {}): string {
  return JSON.stringify({
    Resources: { Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } }, ...resources },
  });
}

/** A queue that gets a name of its own each time. */
export const unnamedQueue = JSON.stringify({ Resources: { Jobs: { Type: 'AWS::SQS::Queue' } } });

/** An inline policy that lets a user do everything. */
export const crown = (user: string) => ({
  Crown: {
    Type: 'AWS::IAM::UserPolicy',
    Properties: {
      UserName: user,
      PolicyName: 'crown',
      PolicyDocument: JSON.parse(policy({ Effect: 'Allow', Action: '*', Resource: '*' })),
    },
  },
});

/** Fails where the stack is not in this state. */
export const showsStatus =
  (status: string) =>
  ({ Stacks: [stack] }: { readonly Stacks: readonly { readonly StackStatus: string }[] }) => {
    if (stack?.StackStatus !== status) throw new Error(`The stack is in ${stack?.StackStatus}, not in ${status}`);
  };
